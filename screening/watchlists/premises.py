"""The addresses of a run's parties, each once: who is listed where, and who else.

A listed address tells of a party beside its name, and counts by itself: it may stand on a list without
anybody, and a firm at the address of a listed one may be that firm under another name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from screening.addresses import SAME_HOUSE, AddressIndex
from screening.addresses.columns import AddressColumns
from screening.watchlists.entry import PartyEntry

FOUND = {"asked": pl.UInt32, "entry": pl.UInt32, "address": pl.UInt32, "score": pl.Float64}
_NOTHING = pl.DataFrame(schema=FOUND)


@dataclass(frozen=True, slots=True)
class Premises:
    """The listed addresses that tell a place, and whose they are."""

    owners: pl.DataFrame
    """entry, address: the number of each address of each entry."""
    texts: pl.DataFrame
    """address, text: as the list writes it."""
    index: AddressIndex

    @classmethod
    def of(cls, parties: Sequence[PartyEntry]) -> "Premises":
        """The addresses of the parties; those that name no more than a town are left out."""
        rows = [(number, text) for number, party in enumerate(parties) for text in party.addresses]
        written = pl.DataFrame(rows, schema={"entry": pl.UInt32, "text": pl.String}, orient="row")
        texts = written.select("text").unique(maintain_order=True).with_row_index("address")
        index = AddressIndex.build(texts["text"].to_list())
        telling = index.columns.parts.select("address").unique()
        owners = written.join(texts, on="text").join(telling, on="address", how="semi")
        return cls(owners.select("entry", "address").unique(maintain_order=True), texts, index)

    @classmethod
    def from_frames(cls, frames: Mapping[str, pl.DataFrame]) -> "Premises":
        """The premises that `frames` told of; KeyError when one is not there."""
        columns = AddressColumns(frames["listed_addresses"], frames["address_parts"])
        return cls(frames["address_owners"], frames["address_texts"], AddressIndex(columns))

    @property
    def frames(self) -> dict[str, pl.DataFrame]:
        """All of it, to be kept and found again."""
        return {
            "address_owners": self.owners,
            "address_texts": self.texts,
            "listed_addresses": self.index.columns.addresses,
            "address_parts": self.index.columns.parts,
        }

    def found(
        self, texts: Sequence[str], countries: Sequence[str | None] | None = None, least: float = SAME_HOUSE
    ) -> pl.DataFrame:
        """The entries at each address: asked (its position), entry, address (the nearest of it), score."""
        if self.owners.is_empty() or not texts:
            return _NOTHING
        near = self.index.match(texts, countries, least)
        if near.is_empty():
            return _NOTHING
        ordered = (
            near.rename({"listed": "address"})
            .join(self.owners, on="address")
            .sort("asked", "entry", "score", "address", descending=[False, False, True, False])
        )
        return ordered.unique(["asked", "entry"], keep="first", maintain_order=True).select(list(FOUND))
