"""Faces: the window and the command line. Every decision is made elsewhere."""
