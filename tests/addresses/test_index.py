from hypothesis import given
from hypothesis import strategies as st

from screening.addresses import SAME, AddressIndex, explain

LISTED = (
    "Unit D, 16/F One Capital Place, 18 Luard Rd, Wan Chai, Hong Kong",
    "Hong Kong",
    "Room 1318-19, 13F Hollywood Plaza, 610 Nathan Road, Mong Kok, Hong Kong",
    "Room 1318-20, 13F Hollywood Plaza, 610 Nathan Road, Mong Kok, Hong Kong",
    "ul. Lenina 5, Tver, Russia",
)
ASKED = st.lists(
    st.sampled_from(
        [
            "",
            "Hong Kong",
            "18 Luard Road Unit D, Hong Kong",
            "Lenina 5, Tver",
            "Rm 1318-20 Hollywood Plaza, 610 Nathan Road",
            "Nowhere 1",
        ]
    ),
    max_size=8,
)
INDEX = AddressIndex.build(LISTED)


def found(*texts: str, least: float = SAME) -> list[tuple[int, int]]:
    return INDEX.match(texts, least=least).select("asked", "listed").rows()


def test_each_listed_address_finds_itself_and_a_country_alone_finds_nothing() -> None:
    assert found(*LISTED) == [(0, 0), (2, 2), (3, 3), (4, 4)]


def test_the_best_stands_first() -> None:
    assert found(LISTED[3], least=0.5) == [(0, 3), (0, 2)]


def test_nothing_finds_nothing() -> None:
    assert found() == [] and found("", " ") == []
    assert AddressIndex.build([]).match(["Lenina 5, Tver"]).is_empty()


def test_a_country_given_beside_is_compared() -> None:
    assert INDEX.match(["Lenina 5, Tver"], ["RU"])["listed"].to_list() == [4]
    assert INDEX.match(["Lenina 5, Tver"], ["KZ"]).is_empty()


@given(ASKED)
def test_asking_together_and_asking_alone_agree(asked: list[str]) -> None:
    together = INDEX.match(asked, least=0.0).rows()
    alone = [(at, *row[1:]) for at, text in enumerate(asked) for row in INDEX.match([text], least=0.0).rows()]
    assert together == alone


@given(ASKED)
def test_few_are_looked_up_as_many_are(asked: list[str]) -> None:
    many = INDEX.match([*asked, *["Nowhere 1"] * 20], least=0.0)
    assert INDEX.match(asked, least=0.0).equals(many)


@given(st.sampled_from(LISTED), st.sampled_from(LISTED))
def test_the_index_and_the_explanation_score_alike(one: str, other: str) -> None:
    score = AddressIndex.build([other]).match([one], least=0.01)["score"].to_list()
    assert score == [explain(one, other).score] or explain(one, other).score == 0.0
