"""自选名单: whose rows, which columns, where it goes."""
