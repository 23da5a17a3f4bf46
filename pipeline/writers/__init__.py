"""Files out: whole files only, the same bytes from the same input."""
