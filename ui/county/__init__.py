"""Sheets the clerk makes up: into the very file the county sent, or as a list of the office's own asking."""
