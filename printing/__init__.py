"""Ink: PDF and Excel. All text is decided before anything is drawn."""
