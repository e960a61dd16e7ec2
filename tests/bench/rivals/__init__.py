"""Other ways of making the same pages, each in a module that turns `Page`s into a PDF: what the press is compared with."""
