from datetime import date

import pytest

from screening.engine.sentences import joined, plain, sentence, spoken

VALUES = {"consignee.country": "KZ", "consignee.name": "Ertis {value} LLP", "consignee.match.score": 0.9951}


def test_a_sentence_holds_the_values_of_the_shipment() -> None:
    told = sentence("{consignee.name} of {value}", "consignee.country", VALUES)
    assert told == "Ertis {value} LLP of Kazakhstan"


def test_an_unknown_value_reads_unknown() -> None:
    assert sentence("founded on {value}", "consignee.registered_on", {}) == "founded on unknown"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("value.usd", 1234567.5, "1,234,567.5"),
        ("value.usd", 100.0, "100"),
        ("value.usd", 0.0, "0"),
        ("value.usd_per_kg", 0.004, "0.004"),
        ("consignee.match.score", 0.9951, "0.9951"),
        ("consignee.match.score", 1.0, "1"),
        ("consignee.is_bank", True, "yes"),
        ("consignee.is_bank", False, "no"),
        ("consignee.registered_on", date(2022, 5, 11), "2022-05-11"),
        ("route.transit_countries", ["GE", "AZ"], "Georgia, Azerbaijan"),
        ("route.transit_countries", [], "none"),
    ],
)
def test_a_value_is_said_as_a_reader_says_it(field: str, value: object, words: str) -> None:
    assert spoken(field, value) == words


@pytest.mark.parametrize(
    ("value", "held"),
    [(date(2022, 5, 11), "2022-05-11"), (30.0, 30), (0.95, 0.95), (("A",), ["A"]), (None, None)],
)
def test_a_value_is_held_as_json_can(value: object, held: object) -> None:
    assert plain(value) == held


def test_what_is_said_twice_is_said_once() -> None:
    assert (
        joined(["goods to Kazakhstan", "by Russia", "goods to Kazakhstan"])
        == "Goods to Kazakhstan; by Russia."
    )
