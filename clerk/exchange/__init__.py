"""Other people's sheets: read under guard, matched to our own fields, tried out, taken in whole, and taken back whole."""
