"""Typed columns become fields: parties matched, goods placed, route read, dates known.

One column for each field that the rules ask for, as `fields.py` describes it. Null is unknown.
"""

from collections.abc import Callable, Iterator

import polars as pl

from screening.address_matches import ADDRESS_ROLES, LISTED, SHARED
from screening.amendments import AMENDED
from screening.cargo import cargo_fields
from screening.fields import FIELDS, Field, FieldType
from screening.goods.revisions import heir
from screening.goods.values import Bands
from screening.io.rates import Rates
from screening.parties import best_score
from screening.places import ways
from screening.places.routes import landlocked, passed_countries, port_country, port_elsewhere
from screening.readings import read_off
from screening.shipment import COLUMNS, ROLES, Kind
from screening.watchlists.lists import ListCatalogue

_TYPES: dict[Kind, pl.DataType] = {
    Kind.TEXT: pl.String(),
    Kind.DATE: pl.Date(),
    Kind.COUNTRY: pl.String(),
    Kind.COUNTRIES: pl.List(pl.String),
    Kind.HS_CODE: pl.String(),
    Kind.LOCODE: pl.String(),
    Kind.AMOUNT: pl.Float64(),
    Kind.COUNT: pl.Int64(),
    Kind.YES_NO: pl.Boolean(),
}
SUCCESSOR_DAYS = 365
"""How soon after a listing a firm at the same address may be its successor."""
_HS6 = pl.col("hs_code").str.slice(0, 6)
_DAY = pl.col("shipment_date")
_DESTINATION = pl.coalesce(*FIELDS["destination.country"].columns)
_EXPORT = pl.coalesce(*FIELDS["export.country"].columns)
_COMPUTED: dict[str, Callable[[str], pl.Expr]] = {
    "goods.hs6": lambda _: _HS6,
    "goods.hs4": lambda _: pl.col("hs_code").str.slice(0, 4),
    "goods.hs2": lambda _: pl.col("hs_code").str.slice(0, 2),
    "amended.days_before_shipment": lambda _: (_DAY - pl.col("revised_on")).dt.total_days().cast(pl.Float64),
    "transport.mode": lambda _: pl.col("transport_mode").str.to_lowercase(),
    "route.loading_country": lambda _: port_country(pl.col("port_of_loading")),
    "route.discharge_country": lambda _: port_country(pl.col("port_of_discharge")),
    "route.loading_elsewhere": lambda _: port_elsewhere(pl.col("port_of_loading"), _EXPORT),
    "route.discharge_elsewhere": lambda _: port_elsewhere(pl.col("port_of_discharge"), _DESTINATION),
    "route.destination_landlocked": lambda _: landlocked(_DESTINATION),
    "weight.gross_below_net": lambda _: pl.col("gross_weight_kg") < pl.col("net_weight_kg"),
    "payer.country_differs": lambda _: _nowhere("payer_country", FIELDS["payer.country_differs"]),
    "bank.country_differs": lambda _: _nowhere("bank_country", FIELDS["bank.country_differs"]),
    "any_party.country": lambda _: _gathered(FIELDS["any_party.country"].columns),
}


def fields_of(
    rows: pl.DataFrame,
    wanted: frozenset[str],
    matches: pl.DataFrame,
    lists: ListCatalogue,
    rates: Rates,
    bands: Bands | None = None,
) -> pl.DataFrame:
    """The wanted fields of every row, with `shipment.date` always among them.

    `rows` has the typed columns of a batch; a column that it lacks is unknown in every row. `bands`
    are what goods usually cost, by default the bundled ones.
    """
    whole = _completed(rows)
    names = sorted(wanted | {"shipment.date"})
    asked = {name: FIELDS[name] for name in names}
    columns = [
        *_matched(whole, asked, matches),
        *_sited(whole, asked, matches),
        *cargo_fields(whole, asked, lists, rates, bands),
        *read_off(whole, asked),
        *_routed(whole, asked, lists),
    ]
    done = {series.name for series in columns}
    rest = [f for name, f in asked.items() if name not in done]
    expressions = [_expression(field, lists).alias(field.name) for field in rest]
    return whole.select(expressions).with_columns(columns).select(names)


def _completed(rows: pl.DataFrame) -> pl.DataFrame:
    absent = [c for c in COLUMNS.values() if c.name not in rows.columns]
    return rows.with_columns(pl.lit(None, _TYPES[c.kind]).alias(c.name) for c in absent)


def _expression(field: Field, lists: ListCatalogue) -> pl.Expr:
    if field.name in _COMPUTED:
        return _COMPUTED[field.name](field.name)
    if field.name == "goods.high_priority":
        listed = sorted({standing.member for standing in lists.goods["goods/chpl"].standings})
        return _HS6.is_in(listed) | heir(_HS6).is_in(listed).fill_null(False)
    if field.name in AMENDED:
        # Known only beside the other revisions of the book: `amendments.py`.
        return pl.lit(None, pl.Boolean)
    if field.name.endswith(".days_registered"):
        return (_DAY - pl.col(field.columns[0])).dt.total_days().cast(pl.Float64)
    value = pl.coalesce(*field.columns)
    return value.cast(pl.Float64) if field.type is FieldType.NUMBER else value


def _routed(rows: pl.DataFrame, asked: dict[str, Field], lists: ListCatalogue) -> Iterator[pl.Series]:
    places = lists.places
    told: dict[str, Callable[[], pl.Series]] = {
        "route.passed_countries": lambda: passed_countries(rows, _EXPORT, _DESTINATION),
        "route.detour_ratio": lambda: ways.detours(rows, _EXPORT, _DESTINATION, places),
        "route.unknown_place": lambda: rows.select(ways.unknown_place(places)).to_series(),
        "route.border_town": lambda: rows.select(ways.border_town(places)).to_series(),
        "route.free_zone": lambda: ways.in_free_zone(rows, places),
        "route.mode_impossible": lambda: ways.mode_impossible(rows, _EXPORT, _DESTINATION, places),
    }
    yield from (told[name]().alias(name) for name in told if name in asked)


def _nowhere(column: str, field: Field) -> pl.Expr:
    """True where the country is none of those in the field's other columns; null where none is known."""
    others = [pl.col(other) for other in field.columns[1:]]
    somewhere = pl.any_horizontal((pl.col(column) == other).fill_null(False) for other in others)
    known = pl.col(column).is_not_null() & pl.any_horizontal(other.is_not_null() for other in others)
    return pl.when(known).then(~somewhere)


def _gathered(columns: tuple[str, ...]) -> pl.Expr:
    return pl.concat_list(*columns).list.drop_nulls().pipe(lambda e: pl.when(e.list.len() > 0).then(e))


def matched_fields(rows: pl.DataFrame, wanted: frozenset[str], matches: pl.DataFrame) -> list[pl.Series]:
    """The wanted fields that rest on matches, for every row, each under its field's name."""
    whole, asked = _completed(rows), {name: FIELDS[name] for name in sorted(wanted)}
    return [*_matched(whole, asked, matches), *_sited(whole, asked, matches)]


def _matched(rows: pl.DataFrame, asked: dict[str, Field], matches: pl.DataFrame) -> Iterator[pl.Series]:
    for status, suffix in (("in_force", "match.score"), ("designated_after_shipment", "later_match.score")):
        best = best_score(matches, status)
        for prefix in ("any_party", *ROLES):
            name = f"{prefix}.{suffix}"
            if name in asked:
                yield _scores(rows, asked[name], best, prefix).alias(name)


def _scores(rows: pl.DataFrame, field: Field, best: pl.DataFrame, prefix: str) -> pl.Series:
    own = best if prefix == "any_party" else best.filter(pl.col("role") == prefix)
    # An identifier alone may find a party; that it finds none leaves open who the party is.
    names = [column for column in field.columns if column.endswith("_name")]
    named = pl.any_horizontal(pl.col(column).is_not_null() for column in names)
    base = rows.select(named.alias("named")).with_row_index("index")
    top = own.group_by("index").agg(pl.col("score").max())
    joined = base.join(top, on="index", how="left", maintain_order="left")
    found = pl.when("named").then(pl.col("score").fill_null(0.0)).otherwise("score")
    return joined.select(found).to_series()


def _sited(rows: pl.DataFrame, asked: dict[str, Field], matches: pl.DataFrame) -> Iterator[pl.Series]:
    """What the addresses on the rows have to do with listed ones; false where one is known and has none."""
    in_force = matches.filter(pl.col("status") == "in_force")
    for role in ADDRESS_ROLES:
        own = in_force.filter(pl.col("role") == role)
        shared = own.filter(pl.col("kind") == SHARED)
        found = {
            f"{role}.address.listed": own.filter(pl.col("kind") == LISTED),
            f"{role}.address.shared_with_listed": shared,
            f"{role}.address.follows_listed": shared,
        }
        for name in found.keys() & asked.keys():
            if name.endswith("follows_listed"):
                found[name] = _followed(rows, shared, role)
            known = pl.all_horizontal(pl.col(column).is_not_null() for column in asked[name].columns)
            there = pl.int_range(rows.height, dtype=pl.UInt32, eager=True)
            yield (
                rows.select(pl.when(known).then(there.is_in(found[name]["index"].implode())))
                .to_series()
                .alias(name)
            )


def _followed(rows: pl.DataFrame, shared: pl.DataFrame, role: str) -> pl.DataFrame:
    """The matches of an address whose party was registered within a year after the listing."""
    registered = rows.select(pl.col(f"{role}_registered_on").alias("registered")).with_row_index("index")
    after = (pl.col("registered") - pl.col("listed_on")).dt.total_days()
    return shared.join(registered, on="index").filter(after.is_between(0, SUCCESSOR_DAYS))
