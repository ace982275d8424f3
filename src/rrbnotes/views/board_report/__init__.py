"""The report for the board: what stands on its page, as plain texts and numbers."""
