"""The rule language: small, typed and total; three-valued with ranges, so that a missing fact is never a no."""
