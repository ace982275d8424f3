"""The report as one HTML page that needs nothing else: its words, its charts, its style and its script."""
