"""The nouns of the toolkit. No files, no clock, no printing."""
