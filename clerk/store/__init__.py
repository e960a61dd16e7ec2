"""The encrypted store: SQLAlchemy over SQLCipher, and nothing else of its kind."""
