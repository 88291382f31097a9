"""The lists in use: what shipments are screened against, and how old it is."""

import datetime as dt
from typing import Literal, Self

from pydantic import BaseModel, Field

from screening.screener import Screener
from screening.service.access import needs
from screening.service.routing import router as _router
from screening.service.running import Running
from screening.watchlists.entry import Snapshot
from screening.watchlists.lists import CountryList, GoodsList

router = _router("watchlists")


class ListShown(BaseModel):
    """One list."""

    name: str = Field(examples=["ofac-sdn"])
    kind: Literal["parties", "countries", "goods"]
    format: str | None = Field(description="Whose format the file has", examples=["ofac-sdn-csv"])
    entries: int = Field(examples=[18_412])
    date: dt.date | None = Field(description="When it was drawn up, if it says so", examples=["2026-11-20"])
    age_days: int | None = Field(examples=[1])
    digest: str = Field(description="Tells one state of the list from another")
    bundled: bool = Field(description="Comes with the package: no list of parties of any authority's")

    @classmethod
    def of_parties(cls, snapshot: Snapshot, today: dt.date) -> Self:
        """A list of parties; with a date, its age."""
        return cls(
            name=snapshot.name,
            kind="parties",
            format=snapshot.format,
            entries=len(snapshot.entries),
            date=snapshot.date,
            age_days=None if snapshot.date is None else max((today - snapshot.date).days, 0),
            digest=snapshot.digest,
            bundled=snapshot.bundled,
        )

    @classmethod
    def of_members(cls, found: CountryList | GoodsList) -> Self:
        """A list of countries or goods that rules name."""
        return cls(
            name=found.name,
            kind="countries" if isinstance(found, CountryList) else "goods",
            format=None,
            entries=len(found.entries),
            date=None,
            age_days=None,
            digest=found.digest,
            bundled=True,
        )


class ListsShown(BaseModel):
    """All lists that shipments are screened against."""

    digest: str = Field(description="Tells one state of all lists together from another")
    items: list[ListShown]

    @classmethod
    def of(cls, screener: Screener, today: dt.date) -> Self:
        """The lists of parties first, then those that rules name."""
        members = map(screener.lists.list_named, screener.lists.names)
        parties = [ListShown.of_parties(snapshot, today) for snapshot in screener.parties.snapshots]
        return cls(digest=screener.digests["lists"], items=parties + list(map(ListShown.of_members, members)))


@router.get("/watchlists", dependencies=[needs("read")])
def list_watchlists(service: Running) -> ListsShown:
    """The lists in use, with their dates and ages. No hit is not a clearance: it is no hit on these."""
    return ListsShown.of(service.screeners.current, service.database.now().date())
