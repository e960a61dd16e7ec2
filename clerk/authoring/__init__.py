"""Edit an office's rules without programming: drafts of a layer, checked as they are typed, published by two people."""
