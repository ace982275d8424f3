"""Reading a note: source to outline, outlines to lore, outline and lore to candidates and a meeting."""
