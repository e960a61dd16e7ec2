"""The county's own sheet: look into an .xlsx the county sent, match its headings to a roster, fill that very file."""
