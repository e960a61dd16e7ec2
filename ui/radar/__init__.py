"""政策找人: whom a change of amounts, rules or time touches, though they never asked."""
