"""What findings come to: thresholds and bands, as data beside the rules.

A rule states what is true, never what to do. A site may bring a policy of its own; its digest
stands in the manifest of every run.
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from screening.ruleset.about import Severity

Points = Annotated[int, Field(ge=1, le=100)]


class Policy(BaseModel):
    """The thresholds of the decision and the band of weights of each severity."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    review_at: Points
    hold_at: Points
    bands: dict[Severity, tuple[int, int]]
    match_threshold: Annotated[float, Field(gt=0, le=1)]
    """Matches at or above this score are shown with a shipment."""
    at_most: dict[str, Literal["clear", "review"]] = {}
    """The most that a rule's finding can bring about, however the points add up."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.review_at >= self.hold_at:
            raise ValueError("hold_at must be above review_at")
        if set(self.bands) != set(Severity):
            raise ValueError("bands must name low, medium, high and critical")
        return self


class RedFlag(BaseModel):
    """One published indicator; the only place where it stands.

    `observable`: whether a file of shipments shows it; `needs`: what would show it, or the rest of it.
    `same_as`: the indicator that says the same; a rule that cites the one counts for the other.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    issuer: str
    date: str
    reference: str
    text: str
    link: str = ""
    verified: Literal["yes", "no"]
    observable: Literal["yes", "partly", "no"] = "yes"
    same_as: str | None = None
    needs: str = ""

    @property
    def group(self) -> str:
        """The id of the indicator that stands for all that say the same."""
        return self.same_as or self.id
