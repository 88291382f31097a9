from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import UsageError
from screening.watchlists.entry import PartyEntry, Snapshot
from screening.watchlists.parties import WEAK_ALIAS_COSTS, PartyList

Parties = Callable[..., PartyList]
IMO = "IMO 9074729"
WORDS = ("Alfa", "Beta", "Gamma", "Trading", "Micro", "Electronics")
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)


def found(parties: PartyList, *names: str | None, **beside: Any) -> list[tuple[int, str]]:
    """The position and the entry's id of each match, in the order of the answer."""
    table = parties.match_many(list(names), **beside)
    return [(query, parties[entry].id) for query, entry in table.select("query", "entry").iter_rows()]


def score(parties: PartyList, name: str, **beside: Any) -> float:
    return float(parties.match_many([name], limit=1, **beside)["score"][0])


@pytest.fixture
def three(looked_for: Parties) -> PartyList:
    return looked_for(
        {"name": "Titan Mikro", "aliases": ("Titan-Micro",), "countries": ("RU",)},
        {"name": "Ostrich Shipping", "type": "vessel", "identifiers": (IMO,)},
        {"name": "Kondor Avia", "weak_aliases": ("Kondor",), "original_names": ("Кондор Авиа",)},
    )


def test_a_listed_name_is_found_with_a_score_of_one(three: PartyList) -> None:
    assert found(three, "Ostrich Shipping", min_score=0.9) == [(0, "mine:2")]
    assert score(three, "Ostrich Shipping") == 1.0


def test_the_answer_says_which_name_was_met(three: PartyList) -> None:
    table = three.match_many(["kondor avia"], limit=1)
    assert table.columns == ["query", "entry", "matched_name", "score"]
    assert table["matched_name"].to_list() == ["Kondor Avia"]


def test_an_entry_is_found_once_however_many_names_it_has(three: PartyList) -> None:
    assert found(three, "Titan Micro", min_score=0.8) == [(0, "mine:1")]


def test_an_empty_list_matches_nothing(looked_for: Parties) -> None:
    assert looked_for().match_many(["Alfa"]).is_empty()
    assert PartyList([]).match_many(["Alfa"]).schema == looked_for().match_many([]).schema


@pytest.mark.parametrize("names", [[], [None], ["", "  "]])
def test_no_name_matches_nothing(three: PartyList, names: list[str | None]) -> None:
    assert three.match_many(names).is_empty()


def test_a_query_keeps_its_place_among_blank_and_repeated_ones(three: PartyList) -> None:
    names = ("Kondor Avia", None, "Titan Mikro", "Kondor Avia")
    wanted = [(0, "mine:3"), (2, "mine:1"), (3, "mine:3")]
    assert found(three, *names, min_score=0.9) == wanted
    assert three.match_many(pl.Series(names), min_score=0.9)["query"].to_list() == [0, 2, 3]


def test_a_weak_alias_counts_less(three: PartyList) -> None:
    assert score(three, "Kondor") == pytest.approx(1 - WEAK_ALIAS_COSTS)


def test_a_name_that_is_weak_and_strong_is_strong(looked_for: Parties) -> None:
    parties = looked_for({"name": "Kondor", "weak_aliases": ("Kondor",)})
    assert score(parties, "Kondor") == 1.0
    assert parties.names["kind"].to_list() == ["primary"]


def test_equal_matches_stand_in_the_order_of_their_ids(looked_for: Parties) -> None:
    parties = looked_for(*({"name": "Alfa", "id": f"mine:{n}"} for n in (3, 1, 2)))
    assert found(parties, "Alfa") == [(0, "mine:1"), (0, "mine:2"), (0, "mine:3")]
    assert found(parties, "Alfa", limit=2) == [(0, "mine:1"), (0, "mine:2")]


def test_a_country_ranks_and_hides_nothing(looked_for: Parties) -> None:
    parties = looked_for(
        {"name": "Alfa Micro", "countries": ("CN",)}, {"name": "Alfa Micro", "countries": ("RU",)}
    )
    assert [id for _, id in found(parties, "Alfa Mikro", countries=["RU"], min_score=0.85)] == [
        "mine:2",
        "mine:1",
    ]


def test_an_identifier_finds_a_party_of_any_name(three: PartyList) -> None:
    assert found(three, "Another Name", identifiers=["9074729"], min_score=0.9) == [(0, "mine:2")]
    assert found(three, None, identifiers=[IMO], min_score=0.9) == [(0, "mine:2")]


def test_an_identifier_with_wrong_check_digits_finds_nobody(looked_for: Parties) -> None:
    parties = looked_for({"name": "Ostrich", "identifiers": ("IMO 9074720",)})
    assert found(parties, "Another Name", identifiers=["IMO 9074720"], min_score=0.5) == []


def test_an_address_of_the_entry_ranks_it_up(looked_for: Parties) -> None:
    parties = looked_for(
        {"name": "Alfa Micro", "addresses": ("5 Main Street, Omsk, Russia",)},
        {"name": "Alfa Micro", "addresses": ("7 Dock Street, Poti, Georgia", "Poti, Georgia")},
        {"name": "Alfa Micro"},
    )
    ranked = found(parties, "Alfa Mikron", addresses=["Dock St. 7, Poti"], min_score=0.5)
    assert [id for _, id in ranked] == ["mine:2", "mine:3", "mine:1"]
    assert found(parties, "Alfa Mikron", addresses=["Poti"], min_score=0.5)[0] == (0, "mine:1")


def test_a_birth_date_tells_two_persons_of_one_name_apart(looked_for: Parties) -> None:
    parties = looked_for(
        {"name": "Ivan Primerov", "type": "person", "birth_dates": ("1951",)},
        {"name": "Ivan Primerov", "type": "person", "birth_dates": ("12 Mar 1962", "circa 1970")},
    )
    ranked = found(parties, "Iwan Primeroff", birth_dates=["1962-03-12"], min_score=0.5)
    assert [id for _, id in ranked] == ["mine:2", "mine:1"]


def test_what_speaks_for_an_entry_is_told(looked_for: Parties) -> None:
    parties = looked_for(
        {"name": "Alfa", "countries": ("RU",), "addresses": ("5 Main Street, Omsk, Russia",)}
    )
    told = parties.reasons(0, country="RU", address="Main Str. 5, Omsk", birth_date="1962")
    assert told == ("the country agrees: RU", "the address agrees")
    assert parties.reasons(0) == ()


def test_what_stands_beside_is_given_for_every_name(three: PartyList) -> None:
    with pytest.raises(UsageError, match="countries: there are 1 for 2 names"):
        three.match_many(["Alfa", "Beta"], countries=["RU"])


def test_the_columns_of_entries_and_names_stand_for_each_other(three: PartyList) -> None:
    joined = three.names.join(three.entries, on="entry")
    assert (
        joined.filter(pl.col("kind") == "primary")
        .select((pl.col("text") == pl.col("name_right")).all())
        .item()
    )
    assert three.numbers["mine:3"] == 2 and len(three) == 3


def test_many_threads_get_the_same_answer(looked_for: Parties) -> None:
    parties = looked_for(*({"name": word} for word in WORDS))
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: parties.match_many(["Alfa Micro"]).rows(), range(16)))
    assert answers == answers[:1] * 16


@pytest.fixture(scope="module")
def firms() -> Callable[[list[str]], PartyList]:
    def built(names: list[str]) -> PartyList:
        entries = tuple(
            PartyEntry(
                *(f"x:{n}", str(n), "x", name, "test"),
                countries=(("RU", "CN")[n % 2],),
                addresses=(("5 Main Street, Omsk", "Room 2, 7 Dock Street, Poti")[n % 2],),
                birth_dates=(("1962", "12 Mar 1970")[n % 2],),
            )
            for n, name in enumerate(names)
        )
        return PartyList([Snapshot("own-csv", "x", entries, None, "", Path("x.csv"))])

    return built


BESIDE = st.fixed_dictionaries(
    {},
    optional={
        "countries": st.sampled_from([["RU"], ["CN"], ["TR"]]),
        "types": st.just(["vessel"]),
        "identifiers": st.just(["123456"]),
        "addresses": st.sampled_from(
            [["Main St. 5, Omsk"], ["Dock Street 7, Poti"], ["Omsk"], ["9 Elm, Riga"]]
        ),
        "birth_dates": st.sampled_from([["1962"], ["1970-03-12"], ["circa 1950"], ["nobody knows"]]),
    },
)


@given(
    listed=st.lists(NAMES, min_size=1, max_size=6),
    asked=NAMES,
    beside=BESIDE,
    least=st.sampled_from([0.5, 0.8, 0.95]),
)
def test_more_evidence_drops_no_match(
    firms: Callable[[list[str]], PartyList],
    listed: list[str],
    asked: str,
    beside: dict[str, Any],
    least: float,
) -> None:
    parties = firms(listed)
    bare = found(parties, asked, min_score=least, limit=50)
    assert set(bare) <= set(found(parties, asked, min_score=least, limit=50, **beside))


@given(listed=st.lists(NAMES, min_size=1, max_size=6), asked=st.lists(NAMES, min_size=1, max_size=4))
def test_asking_together_and_asking_one_by_one_agree(
    firms: Callable[[list[str]], PartyList], listed: list[str], asked: list[str]
) -> None:
    parties = firms(listed)
    alone = [(n, *row[1:]) for n, name in enumerate(asked) for row in parties.match_many([name]).rows()]
    assert parties.match_many(asked).rows() == alone
