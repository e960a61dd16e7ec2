"""Finding and reopening cases."""
