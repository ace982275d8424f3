"""Minutes in other formats, made into notes: bytes, to pages, to markdown in house form."""
