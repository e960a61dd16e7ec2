"""Other people's sheets coming in: what kind, which column is what, a dry run, and in at one stroke."""
