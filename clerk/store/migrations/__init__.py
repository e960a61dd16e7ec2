"""The history of the store's tables; a released migration is never edited, a change is a new file."""
