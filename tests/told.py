"""What is told of one shipment's cells: a field as rules see it, made from columns alone."""

from typing import Any

import polars as pl

from screening.enrich import Enrichment
from screening.field_plan import COLUMN_TYPES
from screening.io.rates import NO_RATES
from screening.parties import PartyMatcher
from screening.shipment import COLUMNS
from screening.watchlists.lists import ListCatalogue
from screening.watchlists.parties import PartyList

LISTS = ListCatalogue.load()
ENRICHMENT = Enrichment(LISTS, NO_RATES)
NOBODY = PartyMatcher(PartyList([])).matches(pl.DataFrame({"row": [1]}))


def told(name: str, **cells: Any) -> Any:
    """The field of a shipment with these cells, typed as a reader types them."""
    return ENRICHMENT.of(row(**cells), frozenset({name}), NOBODY)[name].to_list()[0]


def row(**cells: Any) -> pl.DataFrame:
    """One row with these cells, typed as a reader types them."""
    types = {column: COLUMN_TYPES[COLUMNS[column].kind] for column in cells}
    return pl.DataFrame({column: [cell] for column, cell in cells.items()}, types)
