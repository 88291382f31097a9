"""What can stand in an article's file: facts, each with its paragraph, its mark and our own words."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from screening.seeds.cases import Case

Mark = Literal["diversion", "context", "politics"]
"""What a fact is about: goods that may reach Russia around the controls, other trade, or neither."""

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}(-[0-9]{2})?$")]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Number = Annotated[int, Field(ge=1)]
Month = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2})?$")]
"""A month, or a year where the article says no more."""


class Strict(BaseModel):
    """A model that takes nothing but what it names, in the type that it names."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=False)


class Fact(Strict):
    """One thing that the article says."""

    id: Identifier
    paragraph: Number
    mark: Mark
    fact: Text
    by: list[Text] = []
    """Entities of the same story that take part."""
    goods: list[Identifier] = []
    """Goods of the same story."""
    cases: list[Case] = []
    """Shipments that follow the fact."""


class Entity(Strict):
    """Somebody or something that the article names."""

    name: Text
    kind: Literal["firm", "person", "organisation", "country", "place", "programme"]
    paragraph: Number
    mark: Mark
    role: Text
    countries: list[Country] = []
    aliases: list[Text] = []
    """Other names, ours where the article has none."""
    explains: Text | None = None
    """What a reader should know who meets the name on a shipment; such a name is context, no alert."""


class Code(Strict):
    """A code that the goods may travel under: our reading, since no article gives one."""

    hs6: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
    why: Text
    controlled_from: date | None = None
    verified: Literal["yes", "no"] = "no"


class Goods(Strict):
    """Goods that the article names."""

    id: Identifier
    name: Text
    paragraph: Number
    mark: Mark
    codes: list[Code] = []


class Amount(Strict):
    """How much, in a currency or a unit."""

    amount: Annotated[int, Field(gt=0)]
    unit: Text


class Ratio(Strict):
    """How many times an earlier amount."""

    times: Annotated[int | float, Field(gt=0)]
    against: Text


class Flow(Fact):
    """Goods that move, or are said to, from somebody to somebody."""

    sender: list[Country] = Field(alias="from", min_length=1)
    receiver: list[Country] = Field(alias="to", min_length=1)
    receivers_not_named: Text | None = None
    """Who else receives and is not named: it can't become a watchlist entry."""
    goods: list[Identifier] = Field(min_length=1)
    value: Amount | None = None
    quantity: Amount | None = None
    period: Text | None = None
    ratio: Ratio | None = None
    direction: Literal["to_russia", "from_russia", "elsewhere"]
    status: Literal["reported", "planned", "possible", "suspected"] = "reported"
    cases: list[Case] = Field(min_length=1)


class Route(Fact):
    """A way that goods take, or may take, to where they may not go directly."""

    sender: list[Country] = Field(alias="from", min_length=1)
    via: list[Country] = Field(min_length=1)
    receiver: list[Country] = Field(alias="to", min_length=1)
    goods: list[Identifier] = Field(min_length=1)
    since: date
    since_basis: Text
    status: Literal["reported", "possible", "suspected"]
    cases: list[Case] = Field(min_length=1)


class Restriction(Fact):
    """A rule, a listing or a refusal that somebody put up."""

    by: list[Text] = Field(min_length=1)
    since: date | None = None


class Day(Strict):
    """A day or a month that the article names."""

    when: date | Month
    paragraph: Number
    mark: Mark
    what: Text
    basis: Literal["stated", "inferred"]
