"""Payment is read by its words, in several languages, and a deposit is no payment in advance."""

import pytest

from screening.papers.payment import _WORDS
from screening.phrases import rows
from tests.told import told


def method(said: str | None, terms: str | None = None) -> str | None:
    found: str | None = told("payment.method", payment_method=said, payment_terms=terms)
    return found


def in_advance(said: str | None, terms: str | None = None) -> bool | None:
    found: bool | None = told("payment.in_advance", payment_method=said, payment_terms=terms)
    return found


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("T/T", "wire"),
        ("Bank transfer", "wire"),
        ("безналичный расчет", "wire"),
        ("Irrevocable L/C at sight", "letter of credit"),
        ("Akreditifli ödeme", "letter of credit"),
        ("Net 60", "open account"),
        ("Mal Mukabili", "open account"),
        ("отсрочка 30 дней", "open account"),
        ("Cash against documents", "documentary collection"),
        ("Vesaik mukabili", "documentary collection"),
        ("cash", "cash"),
        ("наличными", "cash"),
        ("Cash in advance", "advance"),
        ("Peşin ödeme", "advance"),
        ("предоплата 100%", "advance"),
        ("USDT on TRC20", "crypto"),
        ("Western Union", "money service"),
        ("bedelsiz", "without payment"),
        ("as usual", "other"),
        (None, None),
    ],
)
def test_the_method_is_told_by_its_words(said: str | None, told: str | None) -> None:
    assert method(said) == told


def test_the_terms_say_more_than_a_wire() -> None:
    assert method("bank transfer", "30 days net") == "open account"
    assert method("bank transfer", "at sight") == "wire"
    assert method("letter of credit", "30 days net") == "letter of credit"
    assert method(None, "prepayment") == "advance"


@pytest.mark.parametrize(
    ("said", "terms", "told"),
    [
        ("T/T 100% in advance", None, True),
        ("wire", "prepayment", True),
        ("30% advance, 70% against copy of B/L", None, False),
        ("T/T", "9,5 % advance", False),
        ("letter of credit", "prepayment", False),
        ("open account", None, False),
        ("wire", None, False),
        (None, None, None),
    ],
)
def test_only_the_whole_price_before_shipment_is_in_advance(
    said: str | None, terms: str | None, told: bool | None
) -> None:
    assert in_advance(said, terms) is told


def test_every_word_for_payment_is_read_as_its_own_method() -> None:
    wrong = {
        row["phrase"]: method(row["phrase"].strip("=").replace("*", ""))
        for row in rows(_WORDS)
        if method(row["phrase"].strip("=").replace("*", "")) == "other" and "*" not in row["phrase"]
    }
    assert wrong == {}
