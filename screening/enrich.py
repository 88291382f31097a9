"""Typed columns become fields: parties matched, goods placed, route read, dates known.

Every field is an expression over the columns, over what is told of their texts (`remembered.py`), over what
is listed of the parties (`matched.py`), and over other fields, as `fields.py` describes it. Null is unknown.
"""

import operator
from functools import cache, lru_cache

import polars as pl

from screening.amendments import AMENDED
from screening.cargo import cargo_facts, cargo_formulas, cargo_singly
from screening.field_plan import FieldPlan
from screening.fields import FIELDS, Field
from screening.flows.watched import corridor_formulas, corridor_singly
from screening.goods.values import Bands, bundled_bands
from screening.io.rates import Rates
from screening.matched import matched_formula
from screening.places.routes import landlocked, passed_countries
from screening.places.ways import (
    PORTS,
    any_port,
    detours,
    in_free_zone,
    mode_impossible,
    port_facts,
    ways_singly,
)
from screening.readings import TEXT_FACTS, reading, reading_singly
from screening.remembered import Memories, each, said
from screening.shipment import COLUMNS, Kind
from screening.singly import Singly, where_known
from screening.watchlists.lists import ListCatalogue

_PLANS = 64
_NONE = pl.DataFrame()
_DAY = pl.col("shipment_date")
_EXPORT, _DESTINATION = pl.col("export.country"), pl.col("destination.country")
_LOADING, _DISCHARGE = (said(port, "country") for port in PORTS)


class Enrichment:
    """Makes fields of rows, by the lists and rates of one screener; plans are prepared once and kept."""

    def __init__(self, lists: ListCatalogue, rates: Rates, bands: Bands | None = None) -> None:
        """`bands` are what goods usually cost, by default the bundled ones."""
        self.formulas = {**_row_formulas(), **_route_formulas(lists), **cargo_formulas(lists, rates)}
        """How each field follows from columns, facts of them and other fields."""
        self.singly = {**_row_singly(), **_route_singly(lists), **cargo_singly(lists, rates)}
        """Those of them that are told of a single row by its values."""
        judges = {
            **TEXT_FACTS,
            **dict.fromkeys(PORTS, each(port_facts(lists.places))),
            **cargo_facts(lists, bands or bundled_bands()),
        }
        self.memories = Memories(judges)
        """What is told of texts, of which none is asked about twice."""
        self._plan = lru_cache(_PLANS)(self._prepared)

    def of(
        self,
        rows: pl.DataFrame,
        wanted: frozenset[str],
        matches: pl.DataFrame,
        made: pl.DataFrame = _NONE,
    ) -> pl.DataFrame:
        """The wanted fields of every row, with `shipment.date` always among them.

        `rows` has the typed columns of a batch; a column that it lacks is unknown in every row. `made` has
        fields that were made before, from which others may follow.
        """
        return self._plan(wanted, frozenset(made.columns)).of(rows, matches, made)

    def _prepared(self, wanted: frozenset[str], made: frozenset[str]) -> FieldPlan:
        return FieldPlan(wanted, self.formulas, self.memories, made, self.singly)


def fields_of(
    rows: pl.DataFrame,
    wanted: frozenset[str],
    matches: pl.DataFrame,
    lists: ListCatalogue,
    rates: Rates,
    bands: Bands | None = None,
) -> pl.DataFrame:
    """The wanted fields of one batch; who has several keeps an `Enrichment`."""
    return Enrichment(lists, rates, bands).of(rows, wanted, matches)


def matched_fields(rows: pl.DataFrame, wanted: frozenset[str], matches: pl.DataFrame) -> list[pl.Series]:
    """The wanted fields that rest on matches, for every row, each under its field's name."""
    fields = _of_matches(wanted).of(rows, matches)
    return [fields[name] for name in sorted(wanted)]


@lru_cache(_PLANS)
def _of_matches(wanted: frozenset[str]) -> FieldPlan:
    return FieldPlan(wanted, _row_formulas(), Memories({}))


@cache
def _row_formulas() -> dict[str, pl.Expr]:
    """The fields that follow from the row and its matches alone, whatever lists and rates there are."""
    found = ((name, _computed(name)) for name in FIELDS.keys() - AMENDED)
    return {name: _written(FIELDS[name]) if formula is None else formula for name, formula in found}


@cache
def _row_singly() -> dict[str, Singly]:
    """Those of the fields that most shipments have anew, of a single row."""
    read = ((name, reading_singly(name)) for name in FIELDS)
    told = {name: singly for name, singly in read if singly is not None}
    below = Singly(("gross_weight_kg", "net_weight_kg"), where_known(operator.lt))
    return {**told, "weight.gross_below_net": below}


def _computed(name: str) -> pl.Expr | None:
    if name.endswith(".days_registered"):
        return _days(_DAY - pl.col(FIELDS[name].columns[0]))
    told = (_COMPUTED.get(name), reading(name), matched_formula(name))
    return next((formula for formula in told if formula is not None), None)


def _written(field: Field) -> pl.Expr:
    """The first of the field's columns that is known."""
    first, *others = field.columns
    value = pl.coalesce(first, *others) if others else pl.col(first)
    return value.cast(pl.Float64) if COLUMNS[first].kind is Kind.COUNT else value


def _days(span: pl.Expr) -> pl.Expr:
    return span.dt.total_days().cast(pl.Float64)


def _nowhere(name: str) -> pl.Expr:
    """True where the country is none of those in the field's other columns; null where none is known."""
    column, *others = map(pl.col, FIELDS[name].columns)
    somewhere = pl.any_horizontal((column == other).fill_null(False) for other in others)
    known = column.is_not_null() & pl.any_horizontal(other.is_not_null() for other in others)
    return pl.when(known).then(~somewhere)


def _gathered(name: str) -> pl.Expr:
    countries = pl.concat_list(*FIELDS[name].columns).list.drop_nulls()
    return pl.when(countries.list.len() > 0).then(countries)


_COMPUTED: dict[str, pl.Expr] = {
    "amended.days_before_shipment": _days(_DAY - pl.col("revised_on")),
    "weight.gross_below_net": pl.col("gross_weight_kg") < pl.col("net_weight_kg"),
    **{name: _nowhere(name) for name in ("payer.country_differs", "bank.country_differs")},
    "any_party.country": _gathered("any_party.country"),
}


def _route_singly(lists: ListCatalogue) -> dict[str, Singly]:
    return {**ways_singly(lists.places), **corridor_singly(lists)}


def _route_formulas(lists: ListCatalogue) -> dict[str, pl.Expr]:
    return {
        "route.loading_country": _LOADING,
        "route.discharge_country": _DISCHARGE,
        "route.loading_elsewhere": _LOADING != _EXPORT,
        "route.discharge_elsewhere": _DISCHARGE != _DESTINATION,
        "route.destination_landlocked": landlocked(_DESTINATION),
        "route.passed_countries": passed_countries((_LOADING, _DISCHARGE), _EXPORT, _DESTINATION),
        "route.detour_ratio": detours(_EXPORT, _DESTINATION, lists.places),
        "route.unknown_place": any_port("unknown"),
        "route.border_town": any_port("border"),
        "route.free_zone": in_free_zone(),
        **corridor_formulas(lists),
        "route.mode_impossible": mode_impossible(pl.col("transport.kind"), _EXPORT, _DESTINATION),
    }
