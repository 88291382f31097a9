"""What a description says the goods are, and whether they belong under their code.

High-priority goods travel under codes of other things: processors as toys. The words of a
description are looked for in English, Turkish and Russian. Only the thing itself counts: a laptop
with a processor is a laptop, so goods that are built in (*part*) may also stand under the codes of
what they are built into. Each distinct text is read once.
"""

from collections.abc import Iterable
from functools import cache

import polars as pl

from screening.goods.classifier import classified
from screening.goods.clauses import clauses, says_nothing
from screening.goods.concepts import Concept, concepts
from screening.goods.single import NOT_SAID, PART, common_start
from screening.remembered import told_once

FACTS = (
    "described_as",
    "described_hs6",
    "described_codes",
    "described_hs",
    "description_score",
    "description_vague",
    "description_mismatch",
)
_CODED = frozenset({"described_codes", "described_hs", "description_score"})
_BESIDE = "|"


def description_facts(
    descriptions: pl.Series, hs_codes: pl.Series, wanted: Iterable[str] = FACTS
) -> pl.DataFrame:
    """What each description says, beside its code: one row a shipment, in the same order.

    The facts of `described`, and `description_mismatch`: high-priority goods are named and do not belong
    under the code; it is false as soon as the code is at home with any goods named. A blank description
    leaves all null, a blank code the last. Codes may have more digits.
    """
    asked = pl.DataFrame({"text": descriptions, "hs6": hs_codes}, {"text": pl.String, "hs6": pl.String})
    texts = asked["text"].drop_nulls().unique(maintain_order=True)
    told = described(texts, wanted).with_columns(texts)
    judged = asked.join(told, on="text", how="left", maintain_order="left")
    mismatch = misplaced(pl.col("kinds"), pl.col("hs6").str.slice(0, 6))
    return judged.select(*FACTS[:-1], mismatch.alias(FACTS[-1]))


def described(texts: pl.Series, wanted: Iterable[str] = FACTS) -> pl.DataFrame:
    """What each of these distinct texts says: one row a text, in the same order.

    `described_as`: what high-priority goods are named, or `none`. `described_hs6`: the codes that
    they point at. `described_codes`: the codes that the words earn, alike likely; `described_hs`: the
    code or heading that holds them all, or `none`; `description_score`: how surely, from 0 to 1.
    `description_vague`: nothing is said. `kinds`: all the goods named, as `misplaced` takes them.
    Of facts that nobody `wanted` some are left at what the trade words alone say, since they cost most.
    Several codes have a space between them.
    """
    earned = classified(texts, is_classified(wanted))
    mentions = pl.concat([_mentions(texts), _headed(earned)]).unique(maintain_order=True)
    return _read(texts, mentions).hstack(_coded(earned)).with_columns(description_vague=says_nothing(texts))


def is_classified(wanted: Iterable[str]) -> bool:
    """True where one of the facts takes the nomenclature, which costs most."""
    return not _CODED.isdisjoint(wanted)


def misplaced(kinds: pl.Expr, hs6: pl.Expr) -> pl.Expr:
    """True where goods of these kinds are named, none is at home under the code, and some do not belong."""
    pairs = pl.concat_str(kinds, pl.lit(_BESIDE), hs6)
    return told_once(pairs, _misplaced, pl.Boolean())


def _misplaced(pairs: pl.Series) -> pl.Series:
    return pl.Series([is_misplaced(*pair.split(_BESIDE)) for pair in pairs.to_list()], dtype=pl.Boolean)


def is_misplaced(kinds: str, hs6: str) -> bool:
    """What `misplaced` says of one row."""
    named = [(concepts()[int(kind.rstrip(PART))], kind.endswith(PART)) for kind in kinds.split()]
    at_home = any(kind.belongs(hs6, part=False) for kind, _ in named)
    return not at_home and not all(kind.belongs(hs6, part) for kind, part in named)


def _read(texts: pl.Series, mentions: pl.DataFrame) -> pl.DataFrame:
    kind = pl.concat_str(pl.col("concept"), pl.when("part").then(pl.lit(PART)).otherwise(pl.lit("")))
    named = mentions.sort("part", "concept").group_by("text", maintain_order=True)
    first = named.agg(pl.col("concept", "part").first(), kinds=kind.str.join(" "))
    read = texts.to_frame("text").join(first, on="text", how="left", maintain_order="left")
    label = pl.when("part").then("goods with " + _of_concept("label")).otherwise(_of_concept("label"))
    codes = pl.when(~pl.col("part")).then(_of_concept("points_at"))
    return read.select(
        described_as=label.fill_null(NOT_SAID),
        described_hs6=codes.fill_null(""),
        kinds=pl.col("kinds").fill_null(""),
    )


def _headed(earned: pl.DataFrame) -> pl.DataFrame:
    """The kinds of goods that are the heads of the texts, also where their words stand in another order."""
    return earned.drop_nulls("concept").select("text", "concept", part=pl.lit(False))


def _coded(earned: pl.DataFrame) -> pl.DataFrame:
    """The codes that each text earns, and the longest of two, four or six digits that begins them all."""
    distinct = earned["codes"].unique().to_list()
    common = {codes: common_start(codes.split(" ")) for codes in distinct}
    hs = pl.col("codes").replace_strict(common, return_dtype=pl.String)
    score = pl.when(hs != NOT_SAID).then("score").otherwise(0.0)
    return earned.select(described_codes="codes", described_hs=hs, description_score=score)


def _of_concept(column: str) -> pl.Expr:
    values = dict(enumerate(getattr(kind, column) for kind in concepts()))
    return pl.col("concept").replace_strict(values, return_dtype=pl.String)


def _mentions(texts: pl.Series) -> pl.DataFrame:
    """The kinds of goods that each text names: `text`, `concept` (its order) and `part`."""
    spoken = clauses(texts)
    telling = spoken.select("clause").unique(maintain_order=True)
    # Most clauses name no such goods: one search sets them aside before the many.
    found = _found(telling.filter(pl.col("clause").str.contains(_any_kind())))
    named = spoken.join(found, on="clause").with_columns(pl.col("part") | pl.col("built_in"))
    return named.select("text", "concept", "part").unique(maintain_order=True)


def _found(telling: pl.DataFrame) -> pl.DataFrame:
    if telling.is_empty():
        return pl.DataFrame(schema={"clause": pl.String, "concept": pl.Int32, "built_in": pl.Boolean})
    kinds = [_built_in(kind).alias(str(order)) for order, kind in enumerate(concepts())]
    told = telling.select("clause", *kinds).unpivot(index="clause", variable_name="concept")
    return told.drop_nulls().select("clause", pl.col("concept").cast(pl.Int32), built_in="value")


def _built_in(kind: Concept) -> pl.Expr:
    """False where a clause names the goods, true where something with them, null where neither."""
    told, named = (pl.col("clause").str.extract(kind.words, group) for group in (0, 1))
    return pl.when(told.is_not_null()).then(named.is_null())


@cache
def _any_kind() -> str:
    return "|".join(f"(?:{kind.words})" for kind in concepts())
