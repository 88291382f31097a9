"""A publisher's server on this machine, which misbehaves as it is told to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


class Publisher:
    """Answers each path with its answers in turn, the last one again and again; remembers the requests."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[dict[str, str]] = []
        self.stopping = threading.Event()

    def says(self, *answers: Answer, path: str = "/list.csv") -> str:
        """The address that gives these answers."""
        self.answers[path] = list(answers)
        return self.url + path

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answer the request."""
        self.asked.append({name.lower(): value for name, value in request.headers.items()})
        answers = self.answers.get(request.path) or [status(404)]
        (answers.pop(0) if len(answers) > 1 else answers[0])(request)

    @property
    def attempts(self) -> int:
        """How often anything was asked for."""
        return len(self.asked)


@contextmanager
def publisher() -> Iterator[Publisher]:
    """A publisher that answers until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                one.answer(self)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    one = Publisher(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield one
    finally:
        one.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


def body(text: str, length: int | None = None, **headers: str) -> Answer:
    """The text, with the length that it has or pretends to have."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        content = text.encode()
        told = {"Content-Length": str(len(content) if length is None else length)}
        _begin(request, 200, told | {name.replace("_", "-"): value for name, value in headers.items()})
        request.wfile.write(content)

    return answer


def status(code: int, **headers: str) -> Answer:
    """An answer without a body."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        _begin(request, code, {"Content-Length": "0"} | told)

    return answer


def dribble(one: "Publisher", seconds: float) -> Answer:
    """A byte now and then, without end."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        _begin(request, 200, {})
        while not one.stopping.wait(seconds):
            request.wfile.write(b"x")

    return answer


def silence(one: "Publisher") -> Answer:
    """No answer at all."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        one.stopping.wait(30)

    return answer


def endless(request: BaseHTTPRequestHandler) -> None:
    """A body without end, as fast as it can."""
    _begin(request, 200, {})
    while True:
        request.wfile.write(b"x" * 65536)


def nonsense(request: BaseHTTPRequestHandler) -> None:
    """What is no HTTP."""
    request.wfile.write(b"hello\r\n")
    request.close_connection = True


def _begin(request: BaseHTTPRequestHandler, code: int, headers: dict[str, str]) -> None:
    request.send_response(code)
    for name, value in headers.items():
        request.send_header(name, value)
    request.send_header("Connection", "close")
    request.end_headers()
    request.close_connection = True


def written(content: bytes) -> Answer:
    """These very bytes, headers and all."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(content)
        request.close_connection = True

    return answer


def trickle(one: "Publisher", begin: bytes, letters: bytes, seconds: float) -> Answer:
    """The beginning, and then the letters now and then without end."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(begin)
        while not one.stopping.wait(seconds):
            request.wfile.write(letters)

    return answer


def packed(content: bytes, coding: str = "gzip") -> Answer:
    """A body that is packed in that way, or says so."""
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {len(content)}\r\n\r\n"
    return written(head.encode() + content)
