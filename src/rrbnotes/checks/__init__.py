"""What is wrong with notes and register: one rule a file, an ordered table of rules, and what runs them."""
