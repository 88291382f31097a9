"""The founding articles as claims: each flow once, with what it leaves open."""

from screening.seeds.claims import claims

CLAIMS = {claim.id: claim for claim in claims()}


def test_every_flow_is_a_claim() -> None:
    assert len(CLAIMS) > 20


def test_the_first_claim_is_about_45_codes_and_six_countries() -> None:
    claim = CLAIMS["000/high-priority-goods-to-russia-and-five-neighbours"]
    assert (len(claim.codes), len(claim.receivers), claim.amount) == (45, 6, 158_000_000)
    assert claim.times == 3


def test_what_had_not_happened_is_open() -> None:
    assert CLAIMS["004/drones-to-russia"].open
