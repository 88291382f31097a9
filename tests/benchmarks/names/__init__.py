"""How well and how fast names are matched: measured on labelled names against a list, both given as files."""
