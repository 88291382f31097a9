"""A site's suppressions: which rule stays quiet for which party or lane, who answers for it, until when.

An exception hides one rule's finding, or says that a party is not that listed one; never does it hide a
shipment. What it hid stands in the result with the exception's id.
"""

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Lane(BaseModel):
    """Goods from one country to another; `hs6` blank means any goods."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)

    origin: Annotated[str, Field(alias="from")]
    to: str
    hs6: str | None = None


class RuleException(BaseModel):
    """One suppression; `expires` is the last shipment date that it covers."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    id: Annotated[str, Field(min_length=1)]
    rule: Annotated[str | None, Field(pattern=r"^[A-Z]{3}-\d{3}$")] = None
    party: str | None = None
    entry: str | None = None
    """The id of a list entry that the party is not: then whatever rule would count that match."""
    lane: Lane | None = None
    owner: Annotated[str, Field(min_length=1)]
    reason: Annotated[str, Field(min_length=1)]
    created: date
    expires: date

    @model_validator(mode="after")
    def _one_subject(self) -> Self:
        if (self.party is None) == (self.lane is None):
            raise ValueError("an exception names a party or a lane, one of them")
        if (self.rule is None) == (self.entry is None):
            raise ValueError("an exception names a rule or a list entry, one of them")
        if self.entry is not None and self.party is None:
            raise ValueError("an exception with a list entry names the party that it is not")
        if self.expires < self.created:
            raise ValueError("expires before it was created")
        return self
