"""Where and when goods are delivered, and on whose terms, by the words of the papers."""

from pathlib import Path

import polars as pl

from screening.phrases import first_class
from screening.remembered import either

_HERE = Path(__file__).parent
_TERMS = ("EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP")
_FORMER = ("DAF", "DAT", "DDU", "DEQ", "DES", "CNF")
"""Terms of earlier editions of the Incoterms rules, which papers still name, and C&F."""
_TERM = rf"(?:^|[^A-Z])({'|'.join((*_TERMS, *_FORMER))})(?:[^A-Z]|$)"
_TEMPORARY = r"^\s*[A-Z]{0,3}\s*[0-9]{2}[\s./-]*5[134]\s*$"
"""Four digits of a customs procedure, the last two naming the one before: 51, 53, 54 are temporary."""


def delivery_term(terms: pl.Series) -> pl.Series:
    """The three letters of the Incoterms rule; `other` where the cell names none, null where it is blank."""
    capitals = terms.str.to_uppercase().str.replace_all(r"C\s*[&+]\s*F", "CNF")
    found = capitals.str.extract(_TERM)
    return found.set(found.is_null() & terms.is_not_null(), "other")


def left_open(place: pl.Expr, date: pl.Expr) -> pl.Expr:
    """True where the place or the date is open by its words (`is_open`); null where neither is given."""
    return either(place, date)


def is_open(texts: pl.Series) -> pl.Series:
    """True where a place or a date is left open by its words."""
    return first_class(texts, _HERE / "open_words.csv", "says", "") == "open"


def reexport_declared(texts: pl.Series) -> pl.Series:
    """`home`, `reexport`, or `open` where the buyer says neither; null where the cell is blank."""
    return first_class(texts, _HERE / "reexport_words.csv", "answer", "open")


def after_temporary_import(procedures: pl.Series) -> pl.Series:
    """True where goods leave that came for temporary use or processing, by code or words; null for blanks."""
    said = first_class(procedures, _HERE / "procedure_words.csv", "says", "") == "temporary"
    coded = procedures.str.to_uppercase().str.contains(_TEMPORARY)
    return said | coded
