"""The names that lists and entries go by: short, safe as a file name, the same after every refresh."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

_ISO_DATE = re.compile(r"(?<!\d)(\d{4})[-_]?(\d{2})[-_]?(\d{2})(?!\d)")
_APART = re.compile(r"[\W_]+")
_LONGEST = 64
_ID_DIGITS = 12


def slug(text: str) -> str:
    """Lower-case letters and digits of `text` joined by hyphens; `list` when there are none."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _APART.sub("-", plain).strip("-")[:_LONGEST].rstrip("-") or "list"


def list_name(path: Path) -> str:
    """The slug of a list file's name without its date, so that next month's file has the same."""
    stem = path.name.removesuffix(path.suffix)
    undated = _ISO_DATE.sub("", stem) if date_in_name(path) else stem
    return slug(undated)


def date_in_name(path: Path) -> date | None:
    """The first date in the file's name, written year, month, day."""
    for found in _ISO_DATE.finditer(path.stem):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            continue
    return None


def stable_ids(keys: Iterable[str]) -> Iterator[str]:
    """An id for each key: its digest; the second of two equal keys ends in `-2`.

    Letter case and spacing leave an id as it is.
    """
    seen: Counter[str] = Counter()
    for key in keys:
        plain = " ".join(unicodedata.normalize("NFKC", key).casefold().split())
        seen[plain] += 1
        digest = hashlib.sha256(plain.encode()).hexdigest()[:_ID_DIGITS]
        yield digest if seen[plain] == 1 else f"{digest}-{seen[plain]}"
