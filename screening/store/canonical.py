"""The one JSON text of a value, whoever writes it: what is hashed or compared must not depend on spelling."""

import json
from typing import Any


def canonical(value: Any) -> str:
    """The value as JSON without blanks, its keys in order, letters as they are."""
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
