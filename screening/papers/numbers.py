"""Numbers of documents as they can be compared: `INV-2024/17` and `inv 2024 17` are one invoice."""

import polars as pl

from screening.phrases import once_per_value

_CONTAINER = r"[A-Z]{4}[0-9]{7}"
"""Three letters of the owner, one of the kind, six digits and a check digit (ISO 6346)."""


def document_keys(numbers: pl.Series) -> pl.Series:
    """Each number in capital letters and digits alone; null where it is blank or has no digit."""
    return once_per_value(numbers, _bare)


def container_keys(numbers: pl.Series) -> pl.Series:
    """The containers that a cell names, each once and sorted; null where it is blank or has no digit."""
    return once_per_value(numbers, _containers)


def _bare(numbers: pl.Series) -> pl.Series:
    plain = numbers.str.normalize("NFKD").str.to_uppercase().str.replace_all(r"[^\p{L}\p{N}]+", "")
    return plain.set(~plain.str.contains(r"\p{N}"), None)


def _containers(numbers: pl.Series) -> pl.Series:
    plain = _bare(numbers)
    found = plain.str.extract_all(_CONTAINER).list.unique().list.sort().list.join(" ")
    return found.zip_with(found != "", plain)
