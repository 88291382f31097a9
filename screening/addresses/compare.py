"""Are two addresses one place? Pairs of addresses weighed in bulk, by what agrees and what is left over.

Numbers decide most: two rooms of one house are two addresses, and a house without its room is less than the
room. Words count by what they name; a town, a district or a country that agrees proves little.
"""

import polars as pl
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist

from screening.addresses.columns import BOX, CITY, FLOOR, HOUSE, NUMBER, OWN, PLACE, UNIT, AddressColumns

SAME = 0.85
"""From this score on two addresses are one, down to the room where one is named."""
SAME_HOUSE = 0.7
"""From this score on they are one house, whatever the room."""

_CONFLICT = 1.5
_LEFT_OVER = 0.2
_TOWN_LEFT_OVER = 0.6
_MOST_LEFT_OVER = 4.0
_POSTCODE_AGREES, _POSTCODE_DIFFERS = 0.8, 0.7
_POSTCODE_AREA = 3
"""Digits that postcodes of one town share."""
_AT_MOST = {
    "other country": 0.3,
    "other town": 0.3,
    "other house": 0.2,
    "other unit": 0.5,
    "unit on one side": 0.75,
    "house on one side": 0.9,
    "numbers the other way round": 0.75,
    "too little is told": 0.75,
    "other place": 0.75,
}
_ALIKE = 0.8
_SHORTEST_ALIKE = 5
_PAIR = ["asked", "listed"]
_SIDES = ("asked", "listed")


def scored(asked: AddressColumns, listed: AddressColumns, pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs (asked, listed) with `score` and `limit`: what held the score down, if anything did."""
    facts = _facts(asked, listed, pairs, parts_met(asked, listed, pairs))
    return _judged(facts).select(*_PAIR, "score", "limit").sort(_PAIR)


def parts_met(asked: AddressColumns, listed: AddressColumns, pairs: pl.DataFrame) -> pl.DataFrame:
    """Each part of the one address of a pair with the part of the other that it meets, or nearly meets."""
    met = _met(asked, listed, pairs)
    return pl.concat([met, _met_nearly(asked, listed, pairs, met)])


def _met(asked: AddressColumns, listed: AddressColumns, pairs: pl.DataFrame) -> pl.DataFrame:
    """Each part of one side with the part of the other that it meets."""
    mine = pairs.select(_PAIR).join(_side(asked, "asked"), on="asked")
    met = mine.join(_side(listed, "listed"), on=["listed", "form"]).select(_MET)
    # A flat 8 is not the house 8 of the other side where that has a flat 8 too.
    across = pl.col("level asked") != pl.col("level listed")
    alike, other = met.filter(~across), met.filter(across)
    for side in _SIDES:
        other = other.join(alike, on=[*_PAIR, f"part {side}"], how="anti")
    return pl.concat([alike, other])


_OF_PART = ("part", "kind", "level", "weight")
_MET = [*_PAIR, *(f"{name} {side}" for side in _SIDES for name in _OF_PART)]


def _side(columns: AddressColumns, side: str) -> pl.DataFrame:
    renamed = {"address": side, **{name: f"{name} {side}" for name in (*_OF_PART, "whole")}}
    return columns.parts.rename(renamed)


def _met_nearly(
    asked: AddressColumns, listed: AddressColumns, pairs: pl.DataFrame, met: pl.DataFrame
) -> pl.DataFrame:
    """The own words left over on both sides that differ by a letter or two."""
    sides = [_left_words(asked, "asked", pairs, met), _left_words(listed, "listed", pairs, met)]
    both = sides[0].join(sides[1], on=_PAIR, suffix=" listed")
    distinct = both.select("form", "form listed").unique(maintain_order=True)
    alike = cpdist(
        distinct["form"].to_list(),
        distinct["form listed"].to_list(),
        scorer=Levenshtein.normalized_similarity,
        score_cutoff=_ALIKE,
    )
    chosen = distinct.filter(pl.Series(alike) > 0)
    return both.join(chosen, on=["form", "form listed"]).select(_MET)


def _left_words(columns: AddressColumns, side: str, pairs: pl.DataFrame, met: pl.DataFrame) -> pl.DataFrame:
    own = _side(columns, side).filter(
        pl.col(f"kind {side}") == OWN,
        pl.col(f"whole {side}"),
        pl.col("form").str.len_bytes() >= _SHORTEST_ALIKE,
    )
    words = pairs.select(_PAIR).join(own, on=side)
    return words.join(met, on=[*_PAIR, f"part {side}"], how="anti")


def _facts(
    asked: AddressColumns, listed: AddressColumns, pairs: pl.DataFrame, met: pl.DataFrame
) -> pl.DataFrame:
    """For each pair: what each side has, and what of it the other side met."""
    across = pl.col("level asked") != pl.col("level listed")
    units = (pl.col("level asked") == UNIT) & (pl.col("level listed") == UNIT)
    number = pl.col("kind asked") == NUMBER
    met = met.with_columns(across=number & across, units=number & units)
    together = met.group_by(_PAIR).agg(pl.col("units").any())
    crossed = (
        met.filter(number)
        .group_by([*_PAIR, "part asked"])
        .agg(pl.col("across").all())
        .group_by(_PAIR)
        .agg(pl.col("across").sum())
    )
    facts = pairs.select(_PAIR).join(together, on=_PAIR, how="left").join(crossed, on=_PAIR, how="left")
    for side, columns in zip(_SIDES, (asked, listed), strict=True):
        facts = facts.join(_had(columns, side), on=side, how="left")
        facts = facts.join(_covered(met, side), on=_PAIR, how="left")
        heads = columns.addresses.rename({name: f"{name} {side}" for name in ("country", "postcode")})
        facts = facts.join(heads.rename({"address": side}), on=side, how="left")
    return facts.fill_null(0).with_columns(pl.col("units").fill_null(False))


def _sums(side: str, prefix: str) -> list[pl.Expr]:
    kind, level, weight = (pl.col(f"{name} {side}") for name in ("kind", "level", "weight"))
    number = kind == NUMBER
    return [
        weight.filter(kind == OWN).sum().alias(f"{prefix} own {side}"),
        weight.filter(kind == PLACE).sum().alias(f"{prefix} place {side}"),
        (kind == CITY).sum().cast(pl.Int32).alias(f"{prefix} cities {side}"),
        weight.filter(number).sum().alias(f"{prefix} numbers {side}"),
        (number & (level == UNIT)).sum().cast(pl.Int32).alias(f"{prefix} units {side}"),
        (number & level.is_in([HOUSE, BOX])).sum().cast(pl.Int32).alias(f"{prefix} houses {side}"),
        (number & (level == BOX)).sum().cast(pl.Int32).alias(f"{prefix} boxes {side}"),
        (number & (level == FLOOR)).sum().cast(pl.Int32).alias(f"{prefix} floors {side}"),
    ]


def _had(columns: AddressColumns, side: str) -> pl.DataFrame:
    parts = _side(columns, side).unique([side, f"part {side}"], keep="first", maintain_order=True)
    return parts.group_by(side).agg(_sums(side, "has"))


def _covered(met: pl.DataFrame, side: str) -> pl.DataFrame:
    parts = met.unique([*_PAIR, f"part {side}"], keep="first", maintain_order=True)
    return parts.group_by(_PAIR).agg(_sums(side, "met"))


def _left(what: str, side: str) -> pl.Expr:
    return pl.col(f"has {what} {side}") - pl.col(f"met {what} {side}")


def _town_left(side: str) -> pl.Expr:
    """What a town counts that the other side does not name: there it may be a word like others."""
    return (
        pl.when(pl.col(f"met cities {side}") == 0)
        .then(pl.col(f"has cities {side}") * _TOWN_LEFT_OVER)
        .otherwise(0.0)
    )


def _judged(facts: pl.DataFrame) -> pl.DataFrame:
    agreed = sum((_agreed(what) for what in ("own", "place", "numbers")), _agreed("cities") * 0.4)
    left = [_left("own", side) + _left("place", side) + _town_left(side) for side in _SIDES]
    conflict = pl.min_horizontal(left)
    beyond = (pl.max_horizontal(left) - conflict).clip(0, _MOST_LEFT_OVER)
    agreed, conflict = agreed + _postcodes("agree"), conflict + _postcodes("differ")
    base = agreed / (agreed + _CONFLICT * conflict + _LEFT_OVER * beyond)
    most = [
        pl.when(holds).then(pl.struct(most=pl.lit(_AT_MOST[name]), limit=pl.lit(name)))
        for name, holds in _limits()
    ]
    none = pl.struct(most=pl.lit(1.0), limit=pl.lit(""))
    judged = facts.with_columns(base=base.fill_nan(0.0), first=pl.coalesce(*most, none)).unnest("first")
    score = pl.when(_enough()).then(pl.min_horizontal("base", "most")).otherwise(0.0)
    return judged.with_columns(score=score.round(4))


def _agreed(what: str) -> pl.Expr:
    return (pl.col(f"met {what} asked") + pl.col(f"met {what} listed")) / 2


def _enough() -> pl.Expr:
    """A number agrees, and a word of the addresses' own, or a box or two numbers where neither has any."""
    met = [pl.col(f"met {what} asked") for what in ("units", "houses")]
    wordless = (pl.col("has own asked") == 0) & (pl.col("has own listed") == 0)
    placed = (pl.col("met cities asked") > 0) | (pl.col("met place asked") > 0)
    numbers = met[0] + met[1]
    return (numbers > 0) & ((pl.col("met own asked") > 0) | (wordless & placed))


def _little() -> pl.Expr:
    """One number and one word agree, and neither town nor postcode: there is such a street in every town."""
    numbers = pl.col("met units asked") + pl.col("met houses asked")
    words = pl.col("met own asked") + (pl.col("met place asked") > 0) + (pl.col("met cities asked") > 0)
    return numbers + words + (_postcodes("agree") > 0) + pl.col("met boxes asked") < 3


def _elsewhere(countries: list[pl.Expr]) -> pl.Expr:
    """A district on one side, a town or a word that may be one on the other; and no country agrees."""
    apart = (pl.col("met place asked") == 0) & ((countries[0] == "") | (countries[1] == ""))
    districts = [pl.col(f"has place {side}") > 0 for side in _SIDES]
    towns = [(_left("own", side) > 0) | (_town_left(side) > 0) for side in _SIDES]
    return apart & ((districts[0] & towns[1]) | (districts[1] & towns[0]))


def _postcodes(how: str) -> pl.Expr:
    one, other = (pl.col(f"postcode {side}") for side in _SIDES)
    known = (one != "") & (other != "")
    if how == "agree":
        return pl.when(known & (one == other)).then(_POSTCODE_AGREES).otherwise(0.0)
    apart = one.str.head(_POSTCODE_AREA) != other.str.head(_POSTCODE_AREA)
    return pl.when(known & apart).then(_POSTCODE_DIFFERS).otherwise(0.0)


def _limits() -> list[tuple[str, pl.Expr]]:
    """What holds a score down, the strongest first."""
    countries = [pl.col(f"country {side}") for side in _SIDES]
    cities = [pl.col(f"has cities {side}") > 0 for side in _SIDES]
    units, houses, floors = ([_left(w, side) for side in _SIDES] for w in ("units", "houses", "floors"))
    left = [units[at] + houses[at] for at in (0, 1)]
    both = (left[0] > 0) & (left[1] > 0)
    one = (left[0] > 0) | (left[1] > 0)
    floor_alone = (floors[0] > 0) | (floors[1] > 0)
    return [
        ("other country", (countries[0] != "") & (countries[1] != "") & (countries[0] != countries[1])),
        ("other town", cities[0] & cities[1] & (pl.col("met cities asked") == 0)),
        ("other house", both & (houses[0] > 0) & (houses[1] > 0)),
        ("other unit", both | ((floors[0] > 0) & (floors[1] > 0))),
        ("numbers the other way round", pl.col("across") > 1),
        ("unit on one side", (one & ~(pl.col("units") & (units[0] + units[1] == 0)))),
        ("unit on one side", floor_alone & ~pl.col("units")),
        ("too little is told", _little()),
        ("other place", _elsewhere(countries)),
        ("house on one side", one),
    ]
