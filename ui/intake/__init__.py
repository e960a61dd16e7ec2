"""The intake page: the single form, generated from the catalogue, typed from the keyboard."""
