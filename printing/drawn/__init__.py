"""Papers that a county draws in Excel or WPS: read, compiled to the canonical grid, checked, compared, and drawn back.

What a county may write on its sheet is said in `printing.drawn.guide`.
"""
