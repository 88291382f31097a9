"""Lists that the service tells page by page."""

from collections.abc import Iterator
from typing import Any, TypeVar

from screening.client.sending import Sender
from screening.client.shown import Shown

One = TypeVar("One", bound=Shown)


def pages(sender: Sender, path: str, kind: type[One], **asked: Any) -> Iterator[One]:
    """All that is listed there, a page fetched whenever the one before is used up."""
    cursor = None
    while True:
        page = sender.get(path, cursor=cursor, **asked).json()
        yield from map(kind.model_validate, page["items"])
        if (cursor := page.get("next")) is None:
            return


def items(sender: Sender, path: str, kind: type[One], **asked: Any) -> list[One]:
    """All that is listed there, on its one page."""
    return [kind.model_validate(one) for one in sender.get(path, **asked).json()["items"]]
