"""The rules in use: what shipments are judged by, and from which score on."""

from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from screening.ruleset.loading import RuleSet
from screening.ruleset.rule import Rule
from screening.service.access import needs
from screening.service.routing import router as _router
from screening.service.running import Running
from screening.store.precision import Precision, Version, precisions

router = _router("rules")


class PrecisionShown(BaseModel):
    """How often this version of a rule was right, by what people decided on its alerts."""

    model_config = ConfigDict(from_attributes=True)

    alerts: int = Field(description="On which it fired, decided or not", examples=[40])
    right: int = Field(description="Blocked for a reason that bears it out", examples=[9])
    wrong: int = Field(description="Released for a reason that does not", examples=[3])
    share: float | None = Field(description="Right among right and wrong", examples=[0.75])


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
    precision: PrecisionShown

    @classmethod
    def of(cls, rule: Rule, known: Precision) -> Self:
        """The rule as its file says it, with what is known of its version."""
        told = {name: getattr(rule, name) for name in cls.model_fields if name != "precision"}
        return cls.model_validate({**told, "precision": PrecisionShown.model_validate(known)})


class RulesShown(BaseModel):
    """All rules, and what their findings come to."""

    digest: str = Field(description="Tells one state of the rules from another")
    review_at: int = Field(description="The score from which a shipment is to be reviewed", examples=[30])
    hold_at: int = Field(description="The score from which it is to be held", examples=[70])
    items: list[RuleShown]

    @classmethod
    def of(cls, ruleset: RuleSet, known: Mapping[Version, Precision]) -> Self:
        """The rules in the order of their ids."""
        return cls(
            digest=ruleset.digest,
            review_at=ruleset.policy.review_at,
            hold_at=ruleset.policy.hold_at,
            items=[RuleShown.of(r, known.get((r.id, r.version), Precision())) for r in ruleset.rules],
        )


@router.get("/rules", dependencies=[needs("read")])
def list_rules(service: Running) -> RulesShown:
    """The rules in use, and how often each was right."""
    with service.database.reading() as tx:
        known = precisions(tx, service.judge.reasons)
    return RulesShown.of(service.screeners.current.ruleset, known)
