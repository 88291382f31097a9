"""What requests and answers look like: the examples of the OpenAPI document, held to its shapes by tests."""

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def example(name: str) -> Any:
    """The example of that name, as JSON."""
    found = json.loads(Path(__file__).with_name("screening.json").read_text(encoding="utf-8"))
    return found[name]
