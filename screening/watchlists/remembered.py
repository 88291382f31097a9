"""What was found of each subject, asked once: a book names the same parties again and again.

Most subjects are on no list. So a batch is looked through for the few that are, and of the others it
is only told that they were asked about.
"""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

MOST_REMEMBERED = 500_000
_AT_ONCE = 200
_MOST_AT_HAND = 50_000
_PIECES = 100

Subject = tuple[str | None, ...]
Subjects = Mapping[str, Sequence[str | None]]
"""Subjects as columns of texts."""
Found = tuple[Any, ...]
"""What is found of a subject, in the order of the columns."""


class Remembered:
    """Finds what is known of subjects, some texts each, and asks about those that are new."""

    def __init__(
        self,
        subject: Sequence[str],
        telling: Sequence[str],
        found: Mapping[str, type[pl.DataType]],
        ask: Callable[[Subjects], pl.DataFrame],
    ) -> None:
        """`subject` names the columns of a subject; it is nobody unless one of the `telling` has a text.

        `ask` is given distinct subjects and tells the columns of `found`, and `asked`: the position of the
        subject that each of its rows is about.
        """
        self._subject, self._telling, self._found_of = list(subject), list(telling), dict(found)
        self._ask = ask
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._known = pl.DataFrame(schema=dict.fromkeys(self._subject, pl.String))
        self._found = self._known.with_columns(
            pl.lit(None, dtype).alias(name) for name, dtype in self._found_of.items()
        )
        self._clear: set[Subject] = set()
        self._listed: dict[Subject, list[Found]] = {}

    def known(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Every subject that was asked about, and all that was found of some."""
        with self._lock:
            return self._known, self._found

    def learn(self, known: pl.DataFrame, found: pl.DataFrame) -> None:
        """Takes over what another memory of the same lists has `known`."""
        with self._lock:
            new = known.join(self._known, on=self._subject, how="anti", nulls_equal=True)
            self._known = _more(self._known, new)
            self._found = _more(self._found, found.join(new, on=self._subject, how="semi", nulls_equal=True))

    def clear(self, subjects: Iterable[Subject]) -> bool:
        """True when nothing is found of any of these few subjects; those that are new are asked about."""
        return not self.few(subjects)

    def few(self, subjects: Iterable[Subject]) -> dict[Subject, list[Found]]:
        """All that is found of these few subjects, of those of which anything is: told without a query."""
        # Another thread may forget meanwhile: then these are still whole.
        clear, listed = self._clear, self._listed
        wanted = dict.fromkeys(subjects)
        new = [subject for subject in wanted if subject not in clear and subject not in listed]
        if new:
            with self._lock:
                met = self._meet(new)
            listed = {**{one: listed[one] for one in wanted if one in listed}, **met}
        return {subject: listed[subject] for subject in wanted if subject in listed}

    def _meet(self, new: Sequence[Subject]) -> dict[Subject, list[Found]]:
        """What is found of subjects that are not at hand; those that no batch had are asked about."""
        known = self._known_among(new)
        met = {subject: found for subject, found in known.items() if found}
        met |= self._asked([subject for subject in new if subject not in known])
        self._put_at_hand(subject for subject in new if subject not in met)
        self._listed.update(met)
        return met

    def _known_among(self, new: Sequence[Subject]) -> dict[Subject, list[Found]]:
        """What was found of those of the subjects that some batch had."""
        if self._known.is_empty():
            return {}
        near = self._key(self._subject).is_in(pl.Series([self._key_of(one) for one in new]).implode())
        met: dict[Subject, list[Found]] = {subject: [] for subject in self._known.filter(near).rows()}
        for row in self._found.filter(near).rows() if met else ():
            met[row[: len(self._subject)]].append(row[len(self._subject) :])
        return {subject: met[subject] for subject in new if subject in met}

    def _asked(self, new: Sequence[Subject]) -> dict[Subject, list[Found]]:
        met: dict[Subject, list[Found]] = {}
        if not new:
            return met
        told = self._ask(dict(zip(self._subject, zip(*new, strict=True), strict=True)))
        if told.is_empty():
            return met
        told = told.select("asked", *self._found_of)
        for place, *found in told.rows():
            met.setdefault(new[place], []).append(tuple(found))
        asked = pl.DataFrame(new, dict.fromkeys(self._subject, pl.String), orient="row")
        self._take(asked.with_row_index("asked").join(told, on="asked", maintain_order="left_right"))
        return met

    def _key_of(self, subject: Subject) -> str | None:
        told = dict(zip(self._subject, subject, strict=True))
        return next((text for name in self._telling if (text := told[name]) is not None), None)

    def _take(self, told: pl.DataFrame) -> None:
        """Keeps subjects that are new, with what was found of them."""
        new = told.select(self._subject).unique(maintain_order=True)
        self._known = _more(self._known, new)
        self._found = _more(self._found, told.select(self._found.columns).cast(self._found.schema))

    def found(self, asked: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """The rows of all these frames of which something is found, one for each thing found.

        A frame may lack columns of the subject that are blank in all its rows.
        """
        # Roles share subjects, but joining a few twice costs less than telling them apart once more.
        distinct = pl.concat(map(self._distinct, asked))
        with self._lock:
            self._learn(distinct)
            found = self._found
        met = [self._met(frame, found) for frame in asked]
        return pl.concat([part for part in met if part.height] or met[:1], how="diagonal")

    def _distinct(self, frame: pl.DataFrame) -> pl.DataFrame:
        present = [name for name in self._subject if name in frame.columns]
        once = frame.select(present).unique(maintain_order=True)
        return once.select(self._whole(once)).filter(self._key(self._subject).is_not_null())

    def _met(self, frame: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
        """The rows of a frame with what is found of them; most are set aside by one text alone."""
        present = [name for name in self._subject if name in frame.columns]
        wanted = found.select(self._key(self._subject)).to_series().unique()
        near = frame.filter(self._key(present).is_in(wanted.implode()))
        others = [name for name in frame.columns if name not in self._subject]
        whole = near.select(*others, *self._whole(frame))
        return whole.join(found, on=self._subject, nulls_equal=True, maintain_order="left_right")

    def _key(self, present: Sequence[str]) -> pl.Expr:
        """A text by which a subject that says something is known."""
        return pl.coalesce(name for name in self._telling if name in present)

    def _whole(self, frame: pl.DataFrame) -> list[pl.Expr]:
        return [
            pl.col(name) if name in frame.columns else pl.lit(None, pl.String).alias(name)
            for name in self._subject
        ]

    def _learn(self, distinct: pl.DataFrame) -> None:
        if self._known.height > MOST_REMEMBERED:
            self._forget()
        fresh = distinct.join(
            self._known, on=self._subject, how="anti", nulls_equal=True, maintain_order="left"
        )
        if distinct.height <= _AT_ONCE:
            fresh = fresh.filter(
                pl.Series([row not in self._clear for row in fresh.rows()], dtype=pl.Boolean)
            )
        if fresh.height:
            new = fresh.unique(maintain_order=True)
            numbered = new.with_row_index("asked")
            told = numbered.join(
                self._ask(new.to_dict(as_series=False)), on="asked", maintain_order="left_right"
            )
            self._known = _more(self._known, new)
            self._found = _more(self._found, told.select(self._found.columns).cast(self._found.schema))
        if distinct.height <= _AT_ONCE:
            self._keep_at_hand(distinct)

    def _keep_at_hand(self, distinct: pl.DataFrame) -> None:
        """A service that screens one shipment at a time is told of its parties without a query."""
        self._put_at_hand(distinct.join(self._found, on=self._subject, how="anti", nulls_equal=True).rows())

    def _put_at_hand(self, clear: Iterable[Subject]) -> None:
        if len(self._clear) + len(self._listed) > _MOST_AT_HAND:
            self._clear, self._listed = set(), {}
        self._clear.update(clear)


def _more(known: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Both in one frame, whose pieces stay few however often it grows."""
    return pl.concat([known, new], rechunk=known.n_chunks() > _PIECES)
