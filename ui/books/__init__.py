"""结账: a period's books, closing them, and those closed before."""
