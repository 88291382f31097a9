"""Numbers of documents as they can be compared: `INV-2024/17` and `inv 2024 17` are one invoice."""

import re

import polars as pl

_CONTAINER = r"[A-Z]{4}[0-9]{7}"
"""Three letters of the owner, one of the kind, six digits and a check digit (ISO 6346)."""
_CONTAINERS = re.compile(_CONTAINER)


def document_key(number: pl.Expr) -> pl.Expr:
    """The number in capital letters and digits alone; null where it is blank or has no digit."""
    plain = number.str.normalize("NFKD").str.to_uppercase().str.replace_all(r"[^\p{L}\p{N}]+", "")
    return plain.str.extract(r"^.*\p{N}.*$", 0)


def document_keys(numbers: pl.Series) -> pl.Series:
    """What `document_key` makes of these numbers."""
    return numbers.to_frame("number").select(document_key(pl.col("number"))).to_series()


def key_of_number(number: str) -> str | None:
    """The `document_key` of one number in ASCII."""
    key = "".join(filter(str.isalnum, number.upper()))
    return key if any(map(str.isdigit, key)) else None


def container_key(number: pl.Expr) -> pl.Expr:
    """The containers that a cell names, each once and sorted; null where it is blank or has no digit."""
    plain = document_key(number)
    found = plain.str.extract_all(_CONTAINER).list.unique().list.sort().list.join(" ")
    return pl.when(found != "").then(found).otherwise(plain)


def key_of_containers(number: str) -> str | None:
    """The `container_key` of one cell in ASCII."""
    plain = key_of_number(number)
    return plain and (" ".join(sorted(set(_CONTAINERS.findall(plain)))) or plain)
