"""Where the service listens."""

import socket

from screening.service.server import listening
from screening.service.settings import Settings


def test_no_answer_waits_for_the_acknowledgement_of_its_head(settings: Settings) -> None:
    settings = settings.model_copy(update={"port": 0})
    with listening(settings) as door, socket.create_connection(door.getsockname()[:2]):
        served, _ = door.accept()
        with served:
            assert served.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
