"""A party that asks to be forgotten: what tells of it is taken out of every earlier shipment.

Its name, address, identifiers and contacts become blanks in every role, under all spellings of the name.
The shipments stay, and count for the others on them; for a group of this party they are unknown, and the
numbers by which its groups were found are made anew without it. The country stays: it names nobody.
"""

from collections.abc import Sequence

import polars as pl

from screening.history.parts import Part, Parts
from screening.names.fold import Folded, folds
from screening.parties import name_key
from screening.phrases import once_per_value
from screening.shipment import ROLES, role_attributes

_STAYS = {"country", "flag", "owner_country"}


def forget(parts: Parts, party: str) -> int:
    """Removes what tells of the party; in how many rows something did."""
    return sum(_forgotten(parts, part, party) for part in parts.all())


def _forgotten(parts: Parts, part: Part, party: str) -> int:
    cells = parts.cells(part)
    spellings, told = _spellings(cells, party), pl.Series([False] * cells.height)
    blanked = cells
    for role in ROLES:
        name = f"{role}_name"
        if name in cells.columns:
            its = is_the_party(cells[name], party)
            told |= its
            columns = [c for c in personal_columns(role) if c in cells.columns]
            blanked = blanked.with_columns(pl.when(~its).then(pl.col(c)).alias(c) for c in columns)
    for column in _texts(cells):
        its = _names_one(cells[column], spellings)
        told |= its
        blanked = blanked.with_columns(pl.when(~its).then(pl.col(column)).alias(column))
    if told.any():
        (core,) = parts.cores([part])
        said = pl.Series("said", core["said"].to_numpy().copy()).set(told, 0)
        parts.rewrite(part, core.with_columns(said), blanked)
    return int(told.sum())


def personal_columns(role: str) -> list[str]:
    """The columns that tell who the party of this role is."""
    return [f"{role}_{attribute}" for attribute in role_attributes(role) if attribute not in _STAYS]


def _texts(cells: pl.DataFrame) -> list[str]:
    """Columns in which the name may stand within a text; ids and codes are none."""
    named = ("goods_description", "declared_end_use", "delivery_place")
    return [name for name in named if name in cells.columns]


def is_the_party(names: pl.Series, party: str) -> pl.Series:
    """True where a cell names the party, alone or beside others (`A c/o B`); false where it is blank."""
    key = name_key(party)

    def told(distinct: pl.Series) -> pl.Series:
        named = (name == party or (key and key in map(_key, folds(name))) for name in distinct)
        return pl.Series(map(bool, named), dtype=pl.Boolean)

    return once_per_value(names, told).fill_null(False)


def _key(folded: Folded) -> str:
    return " ".join(sorted(folded.keys))


def _spellings(cells: pl.DataFrame, party: str) -> Sequence[str]:
    found = {party}
    for role in ROLES:
        if f"{role}_name" in cells.columns:
            names = cells[f"{role}_name"]
            found |= set(names.filter(is_the_party(names, party)))
    return sorted(spelling.lower() for spelling in found)


def _names_one(texts: pl.Series, spellings: Sequence[str]) -> pl.Series:
    frame = texts.alias("text").to_frame()
    told = pl.any_horizontal(
        pl.col("text").str.to_lowercase().str.contains(s, literal=True) for s in spellings
    )
    return frame.select(told.fill_null(False).alias("told")).to_series()
