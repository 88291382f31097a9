"""XML lists, record by record: never the whole document, and nothing in it but elements and text.

A list needs no document type, so one that declares it is refused before any entity could expand;
a record, a token and the depth are bounded, so a broken or hostile file costs little to refuse.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from screening.errors import WatchlistError
from screening.watchlists.opening import Opening

LONGEST_RECORD = 4 << 20
DEEPEST = 64
_CHUNK = 1 << 16
_PROLOGUE = re.compile(r"\s*(<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+|!DOCTYPE)")
_AGAIN = "download the list again"


@dataclass(slots=True)
class Element:
    """An element with all that is in it."""

    tag: str
    attributes: dict[str, str]
    line: int
    parts: list[str] = field(default_factory=list)
    children: list["Element"] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        """The attribute; empty where there is none."""
        return self.attributes.get(name, "")

    @property
    def text(self) -> str:
        """The element's own text, stripped."""
        return "".join(self.parts).strip()

    def all(self, path: str) -> Iterator["Element"]:
        """The elements at the path of tags, `a/b`, in their order."""
        tag, _, rest = path.partition("/")
        for child in self.children:
            if child.tag == tag:
                yield from child.all(rest) if rest else (child,)

    def texts(self, path: str) -> list[str]:
        """The texts of the elements at the path."""
        return [element.text for element in self.all(path)]

    def first(self, path: str) -> str:
        """The text of the first element at the path; empty where there is none."""
        return next((element.text for element in self.all(path)), "")


class XmlRecords:
    """The elements of certain tags in a file, in their order; iterate once.

    `root` is the document's own element, without what is in it, and `digest` that of the bytes,
    both once the file is read.
    """

    def __init__(self, path: Path, *tags: str) -> None:
        self.path = path
        self.root = Element("", {}, 0)
        self._tags = frozenset(tags)
        self._digest = hashlib.sha256()
        self._open: list[Element] = []
        self._depth = 0
        self._began = 0
        self._whole: list[Element] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._doctype

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes read."""
        return self._digest.hexdigest()

    def __iter__(self) -> Iterator[Element]:
        fed = 0
        with self.path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                fed += len(chunk)
                self._digest.update(chunk)
                yield from self._fed(chunk, False)
                if fed - self._parser.CurrentByteIndex > LONGEST_RECORD:
                    raise self._refused("holds a tag or text of more than 4 MB")
            yield from self._fed(b"", True)

    def _fed(self, chunk: bytes, last: bool) -> list[Element]:
        self._whole = []
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            what = expat.ErrorString(error.code) or "not XML"
            where = f"{self.path}, line {error.lineno}"
            raise WatchlistError(
                where, f"is no sound XML: {what}", f"it may be cut short, {_AGAIN}"
            ) from None
        except (LookupError, ValueError):
            raise self._refused("is in an encoding that can't be read") from None
        return self._whole

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag.rpartition(":")[2], attributes, self._parser.CurrentLineNumber)
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._refused(f"is nested more than {DEEPEST} deep")
        if self._depth == 1:
            self.root = element
        elif self._open:
            self._bounded()
            self._open[-1].children.append(element)
            self._open.append(element)
        elif element.tag in self._tags:
            self._began = self._parser.CurrentByteIndex
            self._open.append(element)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if self._open:
            ended = self._open.pop()
            if not self._open:
                self._whole.append(ended)

    def _text(self, text: str) -> None:
        if self._open:
            self._bounded()
            self._open[-1].parts.append(text)

    def _bounded(self) -> None:
        if self._parser.CurrentByteIndex - self._began > LONGEST_RECORD:
            raise self._refused("holds an entry of more than 4 MB")

    def _doctype(self, name: str, *declared: object) -> None:
        raise self._refused("declares a document type, which no list does")

    def _refused(self, what: str) -> WatchlistError:
        return WatchlistError(f"{self.path}, line {self._parser.CurrentLineNumber}", what, _AGAIN)


def root_tag(opening: Opening) -> str:
    """The tag of the document's own element, `!DOCTYPE` before one; empty for what is no XML."""
    begin = _PROLOGUE.match(opening.text)
    found = _ROOT.match(opening.text, begin.end() if begin else 0)
    return found[1] if found else ""
