"""Before and after filing: the check page and the applications made."""
