"""Figures from an endpoint: whole, in parts where it keeps rows back, or a line that says why not."""

import datetime as dt
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from screening.errors import InputError, UsageError
from screening.flows.refresh import Endpoint, Wish, endpoint, months_between, refreshed
from screening.watchlists.download import Limits

TODAY = dt.date(2024, 5, 1)
LIMITS = Limits(seconds=5, attempts=3, pause=0.01)
HEADER = "period,reporterISO,flowCode,partnerISO,cmdCode,primaryValue\n"


class Office:
    """A server that gives a row a partner, period and code, and no more than `most` of them."""

    def __init__(self, most: int) -> None:
        self.most, self.asked, self.failing = most, 0, 0
        office = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                office.answer(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def endpoint(self) -> Endpoint:
        address = (
            f"http://127.0.0.1:{self.server.server_address[1]}/get?r={{reporter}}&p={{period}}&c={{codes}}"
        )
        return Endpoint("comtrade", address, self.most)

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked += 1
        if self.failing:
            self.failing -= 1
            return self._send(request, 503, b"")
        asked = {
            name: values[0].split(",") for name, values in parse_qs(urlsplit(request.path).query).items()
        }
        lines = [f"{p},ARM,X,{to},{c},100" for p in asked["p"] for c in asked["c"] for to in ("RUS", "GEO")]
        self._send(request, 200, (HEADER + "\n".join(lines[: self.most])).encode())

    def _send(self, request: BaseHTTPRequestHandler, code: int, content: bytes) -> None:
        request.send_response(code)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content)


@pytest.fixture
def office() -> Iterator[Office]:
    one = Office(most=10)
    one.thread.start()
    yield one
    one.server.shutdown()
    one.thread.join()
    one.server.server_close()


def test_an_answer_below_the_limit_is_whole(office: Office) -> None:
    found = refreshed(office.endpoint, Wish("AM", ("2022-01", "2022-02")), TODAY, LIMITS)
    assert (found.rows.height, office.asked) == (4, 1)
    assert found.sources[0].extracted_on == TODAY


def test_a_full_answer_is_asked_for_in_parts(office: Office) -> None:
    wish = Wish("AM", months_between("2022-01", "2022-06"), ("8703", "851713"))
    found = refreshed(office.endpoint, wish, TODAY, LIMITS)
    assert found.rows.height == 6 * 2 * 2
    assert office.asked > 2


def test_what_can_t_be_parted_is_not_kept(office: Office) -> None:
    office.most = 2
    with pytest.raises(InputError, match="keeps the rest back"):
        refreshed(office.endpoint, Wish("AM", ("2022-01",)), TODAY, LIMITS)


def test_a_busy_office_is_asked_again(office: Office) -> None:
    office.failing = 2
    assert refreshed(office.endpoint, Wish("AM", ("2022-01",)), TODAY, LIMITS).rows.height == 2


def test_an_office_that_stays_away_is_one_line(office: Office) -> None:
    office.failing = 99
    with pytest.raises(InputError, match="503"):
        refreshed(office.endpoint, Wish("AM", ("2022-01",)), TODAY, LIMITS)


def test_the_known_endpoints_are_two() -> None:
    assert [endpoint(name).name for name in ("comtrade", "comext")] == ["comtrade", "comext"]
    with pytest.raises(UsageError, match="is no endpoint"):
        endpoint("elsewhere")


def test_a_span_is_of_months_or_years() -> None:
    assert months_between("2022-11", "2023-02") == ("2022-11", "2022-12", "2023-01", "2023-02")
    assert months_between("2021", "2023") == ("2021", "2022", "2023")
    with pytest.raises(UsageError, match="is no span"):
        months_between("May", "June")
