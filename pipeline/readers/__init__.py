"""Files in: one kind of file and one outside library a module."""
