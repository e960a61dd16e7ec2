"""Exporting rosters for a period."""
