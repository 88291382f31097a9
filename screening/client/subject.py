"""What the verbs of all subjects have at hand."""

from screening.client.sending import Sender


class Subject:
    """Verbs of one subject."""

    def __init__(self, sender: Sender) -> None:
        """`sender` carries the requests."""
        self._sender = sender
