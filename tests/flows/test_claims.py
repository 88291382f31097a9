"""Claims are confirmed, contradicted, or not computable, and say why."""

from dataclasses import replace
from pathlib import Path

import pytest

from screening.flows.claims import Claim, checked, span_of
from tests.flows.accounts import by_month, statistics

CLAIM = Claim(
    *("one", "fact", ("TR",), ("RU", "KZ"), ("854231",)),
    *(158_000_000, "USD", "2023-01 to 2023-09", 3, "2022-01 to 2022-09"),
)


def verdict(folder: Path, claim: Claim, before: float = 52e6, now: float = 158e6) -> tuple[str, str]:
    """What the statistics say, of so much in nine months of 2022 and of 2023."""
    lines = by_month("TR", "RU", "export", "854231", [before / 18] * 9 + [0] * 3 + [now / 18] * 9, 2022)
    lines += by_month("TR", "KZ", "export", "854231", [before / 18] * 9 + [0] * 3 + [now / 18] * 9, 2022)
    one = checked(claim, statistics(folder, lines))
    return one.verdict, one.why


def test_an_amount_and_a_ratio_that_the_statistics_have_are_confirmed(tmp_path: Path) -> None:
    assert verdict(tmp_path, CLAIM)[0] == "confirmed"


def test_a_ratio_that_they_have_not_is_contradicted(tmp_path: Path) -> None:
    found, why = verdict(tmp_path, CLAIM, before=150e6)
    assert (found, "1.1 times" in why) == ("contradicted", True)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"codes": ()}, "no code"),
        ({"unit": "ships"}, "count no ships"),
        ({"senders": ("DE",), "receivers": ("FR",)}, "neither DE nor FR tells"),
        ({"period": "2020"}, "don't tell of 2020"),
        ({"open": "it was planned"}, "planned"),
    ],
)
def test_what_can_t_be_computed_says_why(tmp_path: Path, change: dict[str, object], why: str) -> None:
    found = verdict(tmp_path, replace(CLAIM, **change))  # type: ignore[arg-type]
    assert found[0] == "not computable" and why in found[1]


def test_that_goods_went_is_confirmed_by_any(tmp_path: Path) -> None:
    bare = replace(CLAIM, amount=None, period=None, times=None)
    assert verdict(tmp_path, bare)[0] == "confirmed"


def test_the_receiver_is_asked_where_the_sender_tells_nothing(tmp_path: Path) -> None:
    told = statistics(tmp_path, [(2023, "RU", "TR", "import", "854231", 158e6)])
    assert checked(replace(CLAIM, period="2023", times=None), told).verdict == "confirmed"


@pytest.mark.parametrize(("text", "days"), [("2023", 365), ("2023-06", 30), ("2023-01 to 2023-09", 273)])
def test_a_period_is_a_span_of_days(text: str, days: int) -> None:
    span = span_of(text)
    assert span is not None and (span[1] - span[0]).days + 1 == days


def test_words_are_no_period() -> None:
    assert span_of("early 2024") is None
