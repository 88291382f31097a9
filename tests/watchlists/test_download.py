import base64
import gzip
import hashlib
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from screening.errors import WatchlistError
from screening.watchlists.download import Limits, Validators, download

from .publishers import (
    Answer,
    Publisher,
    body,
    dribble,
    endless,
    nonsense,
    packed,
    publisher,
    silence,
    status,
    trickle,
    written,
)

LIMITS = Limits(seconds=5, silence=2, size=1_000_000, attempts=3, pause=0.01)
TEXT = "name\nAlfa\n"
UNKNOWN = Validators()
MD5 = base64.b64encode(hashlib.md5(TEXT.encode()).digest()).decode()
SHA = base64.b64encode(hashlib.sha256(TEXT.encode()).digest()).decode()


@pytest.fixture(name="one")
def _one() -> Iterator[Publisher]:
    with publisher() as one:
        yield one


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "list.csv"


def refused(url: str, to: Path, limits: Limits = LIMITS, known: Validators = UNKNOWN) -> str:
    with pytest.raises(WatchlistError) as error:
        download(url, to, known, limits)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_file_comes_whole_and_with_what_its_server_knows_it_by(one: Publisher, to: Path) -> None:
    url = one.says(body(TEXT, ETag='"1"', Last_Modified="Mon, 01 Jun 2026 00:00:00 GMT"))
    assert download(url, to, UNKNOWN, LIMITS) == Validators('"1"', "Mon, 01 Jun 2026 00:00:00 GMT")
    assert to.read_text() == TEXT


def test_a_file_that_did_not_change_is_not_written(one: Publisher, to: Path) -> None:
    url = one.says(status(304))
    assert download(url, to, Validators('"1"', "Mon"), LIMITS) is None
    assert not to.exists()
    assert (one.asked[0]["if-none-match"], one.asked[0]["if-modified-since"]) == ('"1"', "Mon")


def test_an_unchanged_file_that_nobody_knows_is_none(one: Publisher, to: Path) -> None:
    assert "answers 304" in refused(one.says(status(304)), to)


@pytest.mark.parametrize("failing", [status(500), status(503), status(429), body(TEXT, 99), nonsense])
def test_what_may_pass_is_tried_again(one: Publisher, to: Path, failing: Answer) -> None:
    assert download(one.says(failing, failing, body(TEXT)), to, UNKNOWN, LIMITS) == UNKNOWN
    assert (to.read_text(), one.attempts) == (TEXT, 3)


@pytest.mark.parametrize(
    ("failing", "what"),
    [
        (status(500), "the server answers 500 Internal Server Error"),
        (body(TEXT, 99), "was cut off after 10 of 99 bytes"),
        (nonsense, "the connection broke off"),
        (body(TEXT, Content_MD5=SHA), "has not the md5 digest"),
        (body(TEXT, Repr_Digest=f"sha-256=:{MD5}:"), "has not the sha-256 digest"),
    ],
)
def test_what_does_not_pass_is_told_after_the_last_attempt(
    one: Publisher, to: Path, failing: Answer, what: str
) -> None:
    assert what in refused(one.says(failing), to)
    assert one.attempts == LIMITS.attempts


@pytest.mark.parametrize("code", [401, 403, 404, 410])
def test_a_refusal_is_told_at_once(one: Publisher, to: Path, code: int) -> None:
    assert f"the server answers {code}" in refused(one.says(status(code)), to)
    assert one.attempts == 1


@pytest.mark.parametrize(
    "headers",
    [{"Content_MD5": MD5}, {"Repr_Digest": f"sha-256=:{SHA}:, other=:x:"}, {"Digest": f"SHA-256={SHA}"}],
)
def test_a_digest_that_its_server_tells_is_checked(one: Publisher, to: Path, headers: dict[str, str]) -> None:
    assert download(one.says(body(TEXT, None, **headers)), to, UNKNOWN, LIMITS) == UNKNOWN


def test_a_body_without_end_is_left(one: Publisher, to: Path) -> None:
    assert "is larger than 1,000,000 bytes" in refused(one.says(endless), to)
    assert to.stat().st_size <= LIMITS.size and one.attempts == 1


def test_a_body_that_says_it_is_too_large_is_not_read(one: Publisher, to: Path) -> None:
    assert "is larger than" in refused(one.says(body("", 1_000_001)), to)


@pytest.mark.parametrize("slow", ["dribble", "silence"])
def test_a_server_slower_than_the_time_limit_is_left(one: Publisher, to: Path, slow: str) -> None:
    began = time.monotonic()
    answer = dribble(one, 0.05) if slow == "dribble" else silence(one)
    told = refused(one.says(answer), to, Limits(seconds=0.4, silence=0.3, pause=0.01))
    assert "was not whole after 0.4 seconds" in told or "no answer in time" in told
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    ("begin", "letters"),
    [(b"HTTP/1.1 200 OK\r\n", b"X"), (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0")],
    ids=["headers", "the length of a chunk"],
)
def test_what_comes_letter_by_letter_ends_with_the_time(
    one: Publisher, to: Path, begin: bytes, letters: bytes
) -> None:
    began = time.monotonic()
    url = one.says(trickle(one, begin, letters, 0.05))
    assert "no answer in time" in refused(url, to, Limits(seconds=0.4, silence=0.3, pause=0.01))
    assert time.monotonic() - began < 3


def test_a_body_that_is_packed_is_unpacked(one: Publisher, to: Path) -> None:
    for content, coding in (
        (gzip.compress(TEXT.encode()), "gzip"),
        (zlib.compress(TEXT.encode()), "deflate"),
    ):
        download(one.says(packed(content, coding)), to, UNKNOWN, LIMITS)
        assert to.read_text() == TEXT


def test_a_packed_body_without_end_is_left(one: Publisher, to: Path) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert "larger than 1,000,000 bytes" in refused(one.says(packed(bomb)), to)
    assert to.stat().st_size <= 1_000_000


@pytest.mark.parametrize(
    ("content", "coding", "said"),
    [
        (gzip.compress(TEXT.encode())[:-4], "gzip", "cut off"),
        (gzip.compress(TEXT.encode()) * 2, "gzip", "cut off"),
        (b"name", "gzip", "broke off"),
        (b"name", "br", "comes packed as 'br'"),
    ],
    ids=["cut short", "begun again", "not packed", "packed otherwise"],
)
def test_a_body_that_can_not_be_unpacked_is_told_of(
    one: Publisher, to: Path, content: bytes, coding: str, said: str
) -> None:
    assert said in refused(one.says(packed(content, coding)), to)


@pytest.mark.parametrize("code", [204, 206])
def test_an_answer_that_is_no_whole_file_is_refused(one: Publisher, to: Path, code: int) -> None:
    url = one.says(written(b"HTTP/1.1 %d Odd\r\nContent-Length: 5\r\n\r\nname\n" % code))
    assert f"the server answers {code}" in refused(url, to) and not to.exists()


def test_a_redirect_to_what_is_no_address_is_told_of(one: Publisher, to: Path) -> None:
    url = one.says(written(b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n"))
    assert "no address" in refused(url, to)


def test_a_server_that_asks_to_wait_longer_than_there_is_time_is_left(one: Publisher, to: Path) -> None:
    assert "answers 503" in refused(one.says(status(503, Retry_After="3600")), to)
    assert one.attempts == 1


def test_a_redirect_on_this_machine_is_followed(one: Publisher, to: Path) -> None:
    target = one.says(body(TEXT), path="/new.csv")
    assert download(one.says(status(302, Location=target)), to, UNKNOWN, LIMITS) == UNKNOWN
    assert to.read_text() == TEXT


@pytest.mark.parametrize("target", ["http://example.org/list.csv", "file:///etc/hosts", "ftp://127.0.0.1/x"])
def test_a_redirect_to_another_scheme_is_refused(one: Publisher, to: Path, target: str) -> None:
    told = refused(one.says(status(302, Location=target)), to)
    assert f"redirects to {target}" in told or f"Redirection to url '{target}' is not allowed" in told
    assert not to.exists() and one.attempts == 1


def test_a_redirect_in_a_circle_ends_in_one_line(one: Publisher, to: Path) -> None:
    assert "answers 302" in refused(one.says(status(302, Location="/list.csv")), to)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/list.csv",
        "file:///etc/hosts",
        "ftp://x/y",
        "list.csv",
        "",
        "https://",
        "http://[::1",
    ]
    + ["https://exa mple.org/", "http://127.0.0.1.example.org/list.csv", "https://\u0435xample.org/"],
)
def test_an_address_that_is_not_https_is_refused(to: Path, url: str) -> None:
    assert "is no https address" in refused(url, to)


def test_a_server_that_is_not_there_is_told_of(to: Path) -> None:
    with publisher() as gone:
        url = gone.url
    assert "can't be reached (Connection refused)" in refused(f"{url}/list.csv", to)
