"""What the parts of one book are called, for every pass: it follows from what was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Look:
    """Some buckets of one shuffle, judged at once."""

    shuffle: int
    first: int
    after: int

    @property
    def buckets(self) -> range:
        """Its buckets."""
        return range(self.first, self.after)


@dataclass(frozen=True, slots=True)
class Page:
    """Batches that follow one another, whose rows are written together."""

    first: int
    after: int

    @property
    def batches(self) -> range:
        """The numbers of its batches."""
        return range(self.first, self.after)


@dataclass(frozen=True, slots=True)
class PartedBook:
    """A book in parts; what a pass learns of the whole is there for the passes after it."""

    name: str
    read: tuple[str, ...]
    """The parts of its batches as they were read, in order."""
    shares: int = 0
    """Among how many workers the names and texts that come again and again are shared out."""
    begins: date | None = None
    """The first day of its rows."""
    looks: tuple[Look, ...] = ()
    pages: tuple[Page, ...] = ()

    @property
    def numbers(self) -> range:
        """The numbers of its batches."""
        return range(len(self.read))

    @property
    def bound(self) -> str:
        """The part that tells which rows are told again or replaced."""
        return f"{self.name}/bound"

    @property
    def known(self) -> str:
        """The part of what was known of names and texts before the run."""
        return f"{self.name}/met/known"

    def met(self, share: int) -> str:
        """The part of what is told of one share of the names and texts."""
        return f"{self.name}/met/{share:02}-of-{self.shares:02}"

    def judged(self, number: int) -> str:
        """The part of what a batch says by itself."""
        return f"{self.name}/judged/{number:06}"

    def looked(self, number: int) -> str:
        """The part of what holds over time in the buckets of a look."""
        look = self.looks[number]
        return f"{self.name}/looked/{look.shuffle:02}-{look.first:03}-{look.after:03}"

    def turned(self, lines: str, number: int) -> str:
        """The part of lines from looks for some batches, or from batches for some looks."""
        return f"{self.name}/turned/{lines}-{number:05}"

    def decided(self, number: int) -> str:
        """The part of the outcomes of a batch."""
        return f"{self.name}/decided/{number:06}"

    def rested(self, number: int) -> str:
        """The part of what the shown findings of a look rest on."""
        return self.looked(number).replace("/looked/", "/rested/")

    def written(self, number: int) -> str:
        """The part of the records of a page."""
        page = self.pages[number]
        return f"{self.name}/written/{page.first:06}-{page.after:06}"


def book_of(read: Sequence[str]) -> PartedBook:
    """The book that was read in these parts; another name where anything in it differs."""
    digest = sha256("\n".join(read).encode()).hexdigest()
    return PartedBook(f"book-{digest[:24]}", tuple(read))
