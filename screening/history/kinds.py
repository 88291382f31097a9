"""Which rows a rule looks at at all: an earlier shipment that is none of a rule's kind is not read for it.

Most rules over time look at listed goods, or at certain countries, and so at few rows of a long history.
What rests on lists of parties, or on other revisions, can't be told from a row by itself: such a clause
is left open, and the row may be of the kind.
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2b

import polars as pl

from screening.engine.coded import FALSE
from screening.engine.selected import Selections
from screening.fields import FIELDS, FieldType
from screening.ruleset.selection import Selection
from screening.watchlists.lists import ListCatalogue

_TYPES = {FieldType.NUMBER: pl.Float64(), FieldType.BOOLEAN: pl.Boolean(), FieldType.DATE: pl.Date()}


def kind_of(selection: Selection) -> str:
    """What the rows of a selection are called: the same for the same clauses."""
    return f"kind {blake2b(repr(selection.key).encode(), digest_size=8).hexdigest()}"


def may_be(rows: pl.DataFrame, kinds: Mapping[str, Selection], lists: ListCatalogue) -> Iterable[pl.Series]:
    """For each kind and row, whether the row may be of it; `rows` has the fields that a row alone tells."""
    needed = {name for selection in kinds.values() for name in selection.fields}
    open_ones = [
        pl.lit(None, _TYPES.get(FIELDS[name].type, pl.String())).alias(name)
        for name in sorted(needed - set(rows.columns))
    ]
    truths = Selections(kinds.values(), lists).truths(rows.with_columns(open_ones))
    return (pl.Series(name, truths[selection.key] != FALSE) for name, selection in kinds.items())
