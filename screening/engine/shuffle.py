"""Rules over time where no memory holds the book: its rows are dealt into buckets that hold groups whole.

A rule over time looks at one group at a time, so rows may be judged bucket by bucket, in any place,
as long as all rows of a group are in the same bucket. Rules whose groups agree on what deals them
share one shuffle. A row goes where its group goes; where the steps of a rule group by different
fields it goes to several buckets, and is judged in the one of its own group.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from screening.engine.coded import Group
from screening.engine.related import Related
from screening.engine.windows import WindowPlan
from screening.fields import FIELDS, FieldType
from screening.ruleset.windows import SequenceRule, WindowRule
from screening.watchlists.lists import ListCatalogue

BUCKETS = 256
"""Into how many buckets each shuffle deals; a task takes as many of them as it has room for."""
WHERE = {"part": pl.UInt32, "place": pl.UInt32}
"""What tells a row: its batch in the book, and its place in the batch's rows."""
FOUND = {**WHERE, "rule": pl.String, "key": pl.UInt64, "truth": pl.Boolean}
"""What a rule says of a row, true or null where it can't be told, and the key of the group it looked at."""
_SEED = 5


@dataclass(frozen=True)
class Shuffle:
    """Some rules over time, and the fields by which rows are dealt for them."""

    name: str
    rules: tuple[WindowRule, ...]
    keys: tuple[Group, ...]
    """Each tuple of fields whose values deal a row; equal values go to the same bucket in all."""
    plan: WindowPlan

    @property
    def fields(self) -> frozenset[str]:
        """The fields that its rules need of a row."""
        return self.plan.fields | {"shipment.date"}

    @property
    def key_columns(self) -> list[str]:
        """The columns of `dealt` that hold the keys, one for each of `keys`."""
        return [f"key{at}" for at in range(len(self.keys))]

    def own_key(self, rule: WindowRule) -> str:
        """The column of the key of the group in which the rule judges a row."""
        return self.key_columns[self.keys.index(_key(_groups(rule)[-1]))]

    def dealt(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows that count for any of the rules, each once for each bucket that it goes to.

        `rows` has `WHERE`, `shipment_id` and the fields. Columns: these, `key0`, ... (UInt64) and `bucket`
        (UInt16); in the order of buckets, then of rows. A row that is not among them fulfils no clauses,
        so that each of the rules is false for it.
        """
        counts = self.plan.relevant(rows)
        kept = rows.select(*WHERE, "shipment_id", *sorted(self.fields)).filter(counts)
        keyed = kept.with_columns(
            _hash(key).alias(c) for key, c in zip(self.keys, self.key_columns, strict=True)
        )
        buckets = pl.concat_list(pl.col(c) % BUCKETS for c in self.key_columns).list.unique()
        told = keyed.with_columns(buckets.alias("bucket")).explode("bucket")
        return told.with_columns(pl.col("bucket").cast(pl.UInt16)).sort(
            "bucket", "place", maintain_order=True
        )

    def found(self, dealt: pl.DataFrame, begins: date | None, buckets: range) -> pl.DataFrame:
        """What its rules find on rows whose own group is in these buckets, in the order of `WHERE`.

        `dealt` has all rows of the buckets, in the order of `WHERE`. Columns: `FOUND`; where there is no
        line, the rule is false for the row, or judges it elsewhere.
        """
        rows = self._once(dealt)
        told = self.plan.evaluate(_one_book(rows), begins).rules
        lines = [_lines(rows, rule.id, self.own_key(rule), told[rule.id], buckets) for rule in self.rules]
        return pl.concat(lines).sort(list(WHERE), maintain_order=True)

    def related(self, dealt: pl.DataFrame, begins: date | None, asked: pl.DataFrame) -> list[Related]:
        """What each of these findings rests on; `asked` has `WHERE`, `rule` and `key` as they were found.

        `dealt` has at least all rows of the findings' groups, in the order of `WHERE`; no others are judged.
        """
        needed = self._once(dealt.filter(self.among(asked["key"]))).with_row_index("at")
        truths = self.plan.evaluate(_one_book(needed), begins)
        places = asked.join(needed.select(*WHERE, "at"), on=list(WHERE), how="left", maintain_order="left")
        return [truths.related(rule, at) for rule, at in places.select("rule", "at").iter_rows()]

    def among(self, keys: pl.Series) -> pl.Expr:
        """True for the rows of any group with one of these keys."""
        return pl.any_horizontal(pl.col(c).is_in(keys.unique().implode()) for c in self.key_columns)

    def _once(self, dealt: pl.DataFrame) -> pl.DataFrame:
        """Each row once, of those that may have been dealt to several buckets."""
        return dealt if len(self.keys) == 1 else dealt.unique(list(WHERE), keep="first", maintain_order=True)


def shuffles(rules: Sequence[WindowRule], lists: ListCatalogue) -> tuple[Shuffle, ...]:
    """The fewest shuffles for these rules that deal by what parts rows well."""
    shared: dict[tuple[Group, ...], list[WindowRule]] = {}
    for rule in rules:
        keys = tuple(dict.fromkeys(map(_key, sorted(_groups(rule)))))
        shared.setdefault(keys, []).append(rule)
    return tuple(
        Shuffle(f"s{number}", tuple(sharing), keys, WindowPlan(sharing, lists))
        for number, (keys, sharing) in enumerate(shared.items())
    )


def _groups(rule: WindowRule) -> tuple[Group, ...]:
    return rule.groups if isinstance(rule, SequenceRule) else (rule.group_by,)


def _key(group: Group) -> Group:
    """What deals the rows of a group: its first field, where that is a text of many values, else all of them.

    All steps of a rule group by fields of the same kinds, slot by slot.
    """
    return group[:1] if FIELDS[group[0]].type is FieldType.TEXT else group


def _hash(key: Group) -> pl.Expr:
    # A group's values are compared as texts, whatever their case; rows without one are in no group.
    texts = [pl.col(name).cast(pl.String).str.to_lowercase() for name in key]
    whole = pl.concat_str(texts, separator="\x1f")
    return pl.when(whole.is_null()).then(pl.struct(*WHERE).hash(_SEED)).otherwise(whole.hash(_SEED))


def _lines(rows: pl.DataFrame, rule: str, key: str, told: pl.Series, buckets: range) -> pl.DataFrame:
    here = (rows[key] % BUCKETS).is_between(buckets.start, buckets.stop - 1)
    lines = rows.select(*WHERE, pl.lit(rule).alias("rule"), pl.col(key).alias("key"), told.alias("truth"))
    return lines.filter(here & told.fill_null(True))


def _one_book(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.lit(0, pl.UInt32).alias("story"))


def joined(pieces: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The rows that several batches dealt to the same buckets, in the order of the book."""
    return pl.concat(pieces).sort(list(WHERE), maintain_order=True)
