"""The places of routes brought up to date from a release of UN/LOCODE.

Which places matter, and why (`kind`, `note`), is chosen by hand in `watchlists/ports/places.csv`; what they
are called, what they serve and where they lie comes from the release. A line whose source says that a
position or a function is our own keeps it.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from screening.errors import InputError
from screening.places.gazetteer import COMPLETE
from screening.watchlists.list_rows import PLACE_COLUMNS

_OFFICIAL = ("", "country", "location", "", "namewodiacritics", "", "function", "", "", "", "coordinates")
"""The columns of the published files, which have no header."""
_NEEDED = {"country", "location", "namewodiacritics", "function"}
_DEGREES = re.compile(r"^([0-9]{2})([0-9]{2})([NS]) ([0-9]{3})([0-9]{2})([EW])$")
_SOURCE = "UN/LOCODE"
Line = dict[str, str]


@dataclass(frozen=True, slots=True)
class Published:
    """A place as the release has it."""

    name: str
    function: str
    position: tuple[str, str]
    """Latitude and longitude in degrees with two decimals; blank where the release has none."""


def read_release(paths: Iterable[Path]) -> dict[str, Published]:
    """The places of the release's files by their codes; InputError where a file is none of it."""
    return {code: place for path in paths for code, place in _read(path)}


def updated(lines: Iterable[Line], release: dict[str, Published]) -> list[Line]:
    """The lines of the place file as the release has them, with all places of the complete countries."""
    kept = {line["id"]: _renewed(line, release.get(line["id"])) for line in lines}
    new = {
        code: _line(code, place)
        for code, place in release.items()
        if code not in kept and code[:2] in COMPLETE
    }
    return [line for _, line in sorted((kept | new).items())]


def place_file(lines: Iterable[Line]) -> str:
    """The text of the place file with these lines."""
    text = io.StringIO()
    table = csv.DictWriter(text, PLACE_COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(lines)
    return text.getvalue()


def _read(path: Path) -> Iterator[tuple[str, Published]]:
    rows = list(csv.reader(io.StringIO(_text(path))))
    header = [name.strip().lower() for name in rows[0]] if rows else []
    names = header if set(header) >= _NEEDED else _OFFICIAL
    places = [dict(zip(names, row, strict=False)) for row in rows[names is header :]]
    found = [(_code(place), _published(place)) for place in places if _code(place)]
    if not found:
        raise InputError(str(path), "has no place of UN/LOCODE", "give the code list as published, as CSV")
    yield from found


def _text(path: Path) -> str:
    """The text of the file, which older releases have in Latin-1."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _code(place: Line) -> str:
    code = place.get("country", "").strip() + place.get("location", "").strip()
    return code if re.fullmatch(r"[A-Z]{2}[A-Z0-9]{3}", code) else ""


def _published(place: Line) -> Published:
    function = place.get("function", "").strip()
    return Published(
        place.get("namewodiacritics", "").strip(),
        function if re.fullmatch(r"[0-9B-]{8}", function) else "--------",
        _position(place),
    )


def _position(place: Line) -> tuple[str, str]:
    if found := _DEGREES.match(place.get("coordinates", "").strip()):
        north = (int(found[1]) + int(found[2]) / 60) * (1 if found[3] == "N" else -1)
        east = (int(found[4]) + int(found[5]) / 60) * (1 if found[6] == "E" else -1)
        return f"{north:.2f}", f"{east:.2f}"
    return "", ""


def _renewed(line: Line, place: Published | None) -> Line:
    if place is None:
        return line
    own = line["source"].partition(";")[2]
    renewed = line | {"name": place.name or line["name"]}
    if "function" not in own:
        renewed["function"] = place.function
    if not own and all(place.position):
        renewed |= dict(zip(("lat", "lon"), place.position, strict=True))
    return renewed


def _line(code: str, place: Published) -> Line:
    facts = {"id": code, "name": place.name, "country": code[:2], "function": place.function}
    position = dict(zip(("lat", "lon"), place.position, strict=True))
    return facts | position | {"kind": "place", "note": "", "source": _SOURCE}
