"""nomenklatura's logic-v2, on the candidates of the TF-IDF recipe: without candidates it would take hours.

A consignee's name does not say whether it is a firm, a person or a ship, so both sides are legal entities.
"""

import time
from collections.abc import Mapping, Sequence
from itertools import count

import polars as pl
from followthemoney import ValueEntity, model
from nomenklatura.matching.logic_v2.model import LogicV2

from tests.benchmarks.names.matchers import COLUMNS, Matcher
from tests.benchmarks.names.matchers.folded import folded
from tests.benchmarks.names.matchers.tfidf import Tfidf

_CONFIG = LogicV2.default_config()
_NUMBERS = count()


class LogicV2Matcher(Matcher):
    """Candidates by TF-IDF, scored by logic-v2."""

    def __init__(self) -> None:
        self.blocking = Tfidf()
        self.names: Sequence[str] = ()
        self.pairs, self.seconds = 0, 0.0

    def build(self, names: Sequence[str]) -> None:
        """The index that finds candidates."""
        self.names = names
        self.blocking.build(names)

    def match(self, queries: Sequence[str], limit: int) -> pl.DataFrame:
        """The candidates that logic-v2 likes best."""
        query, name = self.blocking.candidates([folded(query) for query in queries])
        start = time.perf_counter()
        asked = {at: entity(queries[at]) for at in set(query.tolist())}
        listed = {at: entity(self.names[at]) for at in set(name.tolist())}
        pairs = zip(query.tolist(), name.tolist(), strict=True)
        score = [compared(asked[one], listed[other]) for one, other in pairs]
        self.pairs, self.seconds = len(score), time.perf_counter() - start
        found = pl.DataFrame({"query": query, "name": name, "score": score}, schema=COLUMNS)
        return found.sort("query", "score", descending=[False, True]).group_by("query").head(limit)

    def facts(self) -> dict[str, float]:
        """What a pair costs, the entities of both sides included."""
        return {"ms a pair": 1000 * self.seconds / max(self.pairs, 1)}


def entity(
    name: str | Sequence[str],
    schema: str = "LegalEntity",
    properties: Mapping[str, Sequence[str]] | None = None,
) -> ValueEntity:
    """An entity of this name or names, and what else is known of it."""
    # What logic-v2 has analysed it keeps by the entity's id: two entities of one id would be one.
    known = schema if schema in model.schemata else "LegalEntity"
    made = ValueEntity.from_dict({"id": str(next(_NUMBERS)), "schema": known})
    stated = {"name": [name] if isinstance(name, str) else list(name), **(properties or {})}
    for prop, values in stated.items():
        made.add(prop, list(values), quiet=True)
    return made


def compared(left: ValueEntity, right: ValueEntity) -> float:
    """What logic-v2 scores, from 0 to 1."""
    return float(LogicV2.compare(left, right, _CONFIG).score)
