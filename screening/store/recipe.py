"""What a screener is made of, as texts that last: from them the same screener is made again, years later.

Rules and parties are written as they were read, not as the files that they were read from: a file may be
another by now, and which of two lists an entry was taken from depends on all lists together.
"""

import json
import secrets
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from weakref import WeakKeyDictionary

import polars as pl
from pydantic import TypeAdapter

from screening.errors import RuleError
from screening.io.rates import NO_RATES, Rates
from screening.resources import bundled
from screening.ruleset.exceptions import RuleException
from screening.ruleset.loading import RuleSet
from screening.ruleset.policy import Policy, RedFlag
from screening.ruleset.reading import RuleFile, read_tree
from screening.ruleset.yaml_source import Source as RuleSource
from screening.screener import Screener
from screening.store.canonical import canonical
from screening.store.sources import Source
from screening.watchlists.entry import PartyEntry, Snapshot
from screening.watchlists.lists import ListCatalogue
from screening.watchlists.parties import PartyList
from screening.watchlists.store import home
from screening.written import json_of

_TOLD: WeakKeyDictionary[PartyList, list[Source]] = WeakKeyDictionary()
_FOLDERS = ("context", "corridors", "countries", "goods", "ports")
_KEPT = "corridors"
"""The folder of which the user has files too."""


def sources_of(screener: Screener) -> list[Source]:
    """All that the screener's results depend on, the code aside; one watchlist after the other."""
    found = [Source.of("rules", "rules", _rules_told(screener.ruleset)), _reference(screener.lists)]
    found += _watchlists(screener.parties)
    if screener.exceptions:
        found.append(Source.of("exceptions", "exceptions", _exceptions_told(screener.exceptions)))
    if screener.rates.table.height:
        found.append(Source.of("rates", "rates", screener.rates.table.write_csv().encode()))
    return found


def screener_of(sources: Sequence[Source]) -> Screener:
    """The screener that these were taken from; by the code of today."""
    by_kind = {source.kind: source.content for source in sources}
    return Screener(
        rules=_rules(by_kind["rules"]),
        watchlists=PartyList([_snapshot(one.content) for one in sources if one.kind == "watchlist"]),
        exceptions=_exceptions(by_kind["exceptions"]) if "exceptions" in by_kind else (),
        rates=_rates(by_kind["rates"]) if "rates" in by_kind else NO_RATES,
        lists=_lists(by_kind["reference"]),
    )


def _rules_told(ruleset: RuleSet) -> bytes:
    told = {
        "digest": ruleset.digest,
        "files": {rule: [source.name, source.tree] for rule, source in ruleset.sources.items()},
        "policy": ruleset.policy.model_dump(mode="json"),
        "red_flags": [flag.model_dump(mode="json") for flag in ruleset.red_flags.values()],
    }
    # Not in canonical form: clauses are told in the order in which a rule names them.
    return json_of(told).encode()


def _rules(content: bytes) -> RuleSet:
    told = json.loads(content)
    read = [_rule(RuleSource(name, tree, ())) for name, tree in told["files"].values()]
    flags = [RedFlag.model_validate(flag) for flag in told["red_flags"]]
    return RuleSet(
        rules=tuple(sorted((file.rule for file in read), key=lambda rule: rule.id)),
        policy=Policy.model_validate(told["policy"]),
        red_flags={flag.id: flag for flag in flags},
        sources={file.rule.id: file.source for file in read},
        digest=told["digest"],
    )


def _rule(source: RuleSource) -> RuleFile:
    read = read_tree(source)
    if not isinstance(read, RuleFile):
        raise RuleError([f"{fault} (the rule is of an older version)" for fault in read])
    return read


def _reference(lists: ListCatalogue) -> Source:
    """The files of the lists that are not of parties, by their names."""
    root = next(iter(lists.countries.values())).path.parents[1]
    files = [path for kind in _FOLDERS for path in sorted((root / kind).glob("*.csv"))]
    if root == bundled("watchlists"):
        files += sorted((home() / _KEPT).glob("*.csv"))
    told = {f"{path.parent.name}/{path.name}": path.read_bytes().decode("utf-8") for path in files}
    return Source.of("reference", "goods, countries, places", canonical(told).encode())


def _lists(content: bytes) -> ListCatalogue:
    with TemporaryDirectory(prefix="screening-") as folder:
        for name, text in json.loads(content).items():
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        return ListCatalogue.load(Path(folder))


def _watchlists(parties: PartyList) -> list[Source]:
    """The lists of parties; written once however many exceptions they are used with."""
    told = _TOLD.get(parties)
    if told is None:
        told = _TOLD[parties] = [_watchlist(snapshot) for snapshot in parties.snapshots]
    return told


def _watchlist(snapshot: Snapshot) -> Source:
    day = snapshot.date.isoformat() if snapshot.date else None
    about = {"format": snapshot.format, "name": snapshot.name, "date": day, "digest": snapshot.digest}
    head = canonical({**about, "bundled": snapshot.bundled}).encode()
    return Source.of(
        "watchlist", snapshot.name, head + b"\n" + _entries().dump_json(list(snapshot.entries)), day
    )


def _snapshot(content: bytes) -> Snapshot:
    head, _, entries = content.partition(b"\n")
    about = json.loads(head)
    return Snapshot(
        format=about["format"],
        name=about["name"],
        entries=_entries().validate_json(entries),
        date=date.fromisoformat(about["date"]) if about["date"] else None,
        digest=about["digest"],
        path=Path(about["name"]),
        bundled=about["bundled"],
    )


@cache
def _entries() -> TypeAdapter[list[PartyEntry]]:
    return TypeAdapter(list[PartyEntry])


def _exceptions_told(exceptions: Sequence[RuleException]) -> bytes:
    told = [one.model_dump(mode="json", by_alias=True) for one in exceptions]
    # They name parties: without the salt, the digest that stays in the log could be guessed back to a name.
    return canonical({"exceptions": told, "salt": secrets.token_hex(16)}).encode()


def _exceptions(content: bytes) -> tuple[RuleException, ...]:
    return tuple(map(RuleException.model_validate, json.loads(content)["exceptions"]))


def _rates(content: bytes) -> Rates:
    types = {"currency": pl.String, "date": pl.Date, "usd": pl.Float64}
    return Rates(pl.read_csv(content, schema=types))
