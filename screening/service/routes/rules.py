"""The rules in use: what shipments are judged by, and from which score on."""

from typing import Self

from pydantic import BaseModel, Field

from screening.ruleset.loading import RuleSet
from screening.ruleset.rule import Rule
from screening.service.access import needs
from screening.service.routing import router as _router
from screening.service.running import Running

router = _router("rules")


class RuleShown(BaseModel):
    """One rule."""

    id: str = Field(examples=["GDS-011"])
    version: int = Field(examples=[3])
    title: str = Field(examples=["Tier 1 chips to a young forwarder in a transit country"])
    kind: str = Field(description="match, count, sequence, change or combine", examples=["match"])
    status: str = Field(description="experimental, test, stable or deprecated", examples=["stable"])
    severity: str = Field(description="low, medium, high or critical", examples=["high"])
    weight: int = Field(description="What it adds to the score", examples=[40])
    rationale: str
    red_flags: list[str] = Field(examples=[["kyc_forwarder_final"]])
    false_positives: list[str]
    tags: list[str]

    @classmethod
    def of(cls, rule: Rule) -> Self:
        """The rule as its file says it."""
        return cls.model_validate(rule, from_attributes=True)


class RulesShown(BaseModel):
    """All rules, and what their findings come to."""

    digest: str = Field(description="Tells one state of the rules from another")
    review_at: int = Field(description="The score from which a shipment is to be reviewed", examples=[30])
    hold_at: int = Field(description="The score from which it is to be held", examples=[70])
    items: list[RuleShown]

    @classmethod
    def of(cls, ruleset: RuleSet) -> Self:
        """The rules in the order of their ids."""
        return cls(
            digest=ruleset.digest,
            review_at=ruleset.policy.review_at,
            hold_at=ruleset.policy.hold_at,
            items=list(map(RuleShown.of, ruleset.rules)),
        )


@router.get("/rules", dependencies=[needs("read")])
def list_rules(service: Running) -> RulesShown:
    """The rules in use."""
    return RulesShown.of(service.screeners.current.ruleset)
