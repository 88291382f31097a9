"""Numbers of documents as they can be compared: `INV-2024/17` and `inv 2024 17` are one invoice."""

import polars as pl

_CONTAINER = r"[A-Z]{4}[0-9]{7}"
"""Three letters of the owner, one of the kind, six digits and a check digit (ISO 6346)."""


def document_key(number: pl.Expr) -> pl.Expr:
    """The number in capital letters and digits alone; null where it is blank or has no digit."""
    plain = number.str.normalize("NFKD").str.to_uppercase().str.replace_all(r"[^\p{L}\p{N}]+", "")
    return plain.str.extract(r"^.*\p{N}.*$", 0)


def container_key(number: pl.Expr) -> pl.Expr:
    """The containers that a cell names, each once and sorted; null where it is blank or has no digit."""
    plain = document_key(number)
    found = plain.str.extract_all(_CONTAINER).list.unique().list.sort().list.join(" ")
    return pl.when(found != "").then(found).otherwise(plain)
