"""Who asks is known before anything else is: from a key, remembered for seconds, and not guessed at will."""

import asyncio

import pytest
from starlette.testclient import TestClient

from screening.errors import StoreError
from screening.service.access.identified import LOOKS_AT_ONCE, Doorkeeper
from screening.service.access.principal import Principal
from screening.service.problems import Problem

ADA = Principal("key:1", "Ada", frozenset({"read"}))


class Book:
    """An authority that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def principal(self, credential: str) -> Principal | None:
        self.asked += 1
        return ADA if credential == "ada" else None


class Clock:
    """A clock that stands until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def whose(keeper: Doorkeeper, credential: str) -> Principal | None:
    return asyncio.run(keeper.principal(credential, "192.0.2.1"))


def test_a_credential_is_looked_up_once_in_some_seconds() -> None:
    book, clock = Book(), Clock()
    keeper = Doorkeeper([book], 5.0, clock)
    assert [whose(keeper, "ada"), whose(keeper, "ada"), whose(keeper, "bob")] == [ADA, ADA, None]
    assert book.asked == 2
    clock.now = 6.0
    whose(keeper, "ada")
    assert book.asked == 3


def test_an_address_that_tries_one_key_after_the_other_has_to_wait() -> None:
    keeper = Doorkeeper([Book()], 5.0, Clock())
    for number in range(LOOKS_AT_ONCE):
        whose(keeper, f"guess {number}")
    with pytest.raises(Problem) as refused:
        whose(keeper, "one more")
    assert refused.value.status_code == 429


HEADERS = [
    "",
    "Bearer",
    "Bearer ",
    "Basic YTpi",
    "ada",
    "Bearer " + "a" * 9_000,
    "Bearer \xff",
    "bearer\tada",
]


@pytest.mark.parametrize("header", HEADERS)
def test_what_is_no_key_is_turned_away_with_a_word_on_how_to_show_one(
    stranger: TestClient, header: str
) -> None:
    answer = stranger.get("/rules", headers=[(b"Authorization", header.encode("latin-1"))])
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_store_that_is_away_is_no_reason_to_let_anybody_in(
    stranger: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise StoreError("postgresql://...", "nothing answers there", "check it")

    monkeypatch.setattr("screening.service.access.stored.keys.check", away)
    answer = stranger.get("/rules", headers={"Authorization": "Bearer scr_1_2"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert "postgresql" not in answer.text
