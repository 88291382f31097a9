"""Cells that a spreadsheet would run.

A shipment file comes from strangers, and its names go into a table that an analyst opens: a cell that
begins a formula is defused with an apostrophe, which spreadsheets read as "this is text".
"""

import unicodedata

_BEGINS_FORMULA = frozenset("=+-@")
_BREAKS = ("\t", "\r", "\n")
_QUOTES = frozenset("\"'`´\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb\uff02\uff07")


def defused(cell: str) -> str:
    """The cell as text that no spreadsheet runs: with a leading apostrophe where it would be a formula."""
    return f"'{cell}" if begins_formula(cell) else cell


def begins_formula(cell: str) -> bool:
    """Whether a spreadsheet may take the cell for a formula.

    Leading blanks, quotes and invisible characters are no shelter, nor are full-width signs: some
    programs drop or fold them on import.
    """
    first = cell[:1]
    # Most cells: asking Unicode about each of them would take longer than all the rest of writing.
    if first.isascii() and first.isalnum():
        return False
    if cell.startswith(_BREAKS):
        return True
    for letter in cell:
        if not (letter.isspace() or letter in _QUOTES or unicodedata.category(letter) in ("Cf", "Cc")):
            return unicodedata.normalize("NFKC", letter)[0] in _BEGINS_FORMULA
    return False
