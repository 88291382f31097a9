"""Rules that a test writes for itself: sound ones, each of which it spoils in one place.

Every key stands on a line of its own, as JSON, which YAML reads too.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from screening.ruleset.reading import Reading, RuleFile, read_folder

_TESTS = [
    {"name": "tier 1 goods", "expect": "hit", "shipment": {"hs_code": "854231", "consignee_country": "KZ"}},
    {"name": "no listed goods", "expect": "clear", "shipment": {"hs_code": "950300"}},
]
_HEAD: dict[str, Any] = {
    "id": "GDS-901",
    "title": "Tier 1 goods to a neighbour",
    "kind": "match",
    "status": "stable",
    "version": 1,
    "created": "2026-11-21",
    "updated": "2026-11-21",
    "severity": "medium",
    "weight": 10,
    "rationale": "A reason in the words of the trade.",
    "red_flags": ["a3_transship_points"],
    "false_positives": ["A buyer who needs chips."],
}
_WHEN = {
    "tier_1": {"field": "goods.chpl_tier", "is": "1", "say": "tier {value}"},
    "neighbour": {"field": "consignee.country", "in": ["KZ", "AZ"], "say": "the consignee is in {value}"},
}


def match_text(**changes: Any) -> str:
    """A sound match rule with these changes; None takes a key out."""
    return _text({**_HEAD, "when": _WHEN, "tests": _TESTS}, changes)


def combine_text(**changes: Any) -> str:
    """A sound combine rule over GDS-901 with these changes."""
    own = {"id": "CMB-901", "title": "A combination", "kind": "combine", "conclude": "rerouted"}
    return _text({**_HEAD, **own, "when": {"and": ["GDS-901"]}, "tests": _TESTS}, changes)


_OVER_TIME = {"id": "PAT-901", "group_by": ["consignee.key"]}
_STEPS = [
    {"name": "one", "where": {"a": _WHEN["neighbour"]}},
    {"name": "other", "where": {"b": _WHEN["tier_1"]}},
]


def count_text(**changes: Any) -> str:
    """A sound rule that counts, with these changes."""
    own = {"kind": "count", "of": _WHEN, "within": "30d", "count": {"rows": {"at_least": 3}}}
    return _text({**_HEAD, **_OVER_TIME, **own, "tests": _TESTS}, changes)


def sequence_text(**changes: Any) -> str:
    """A sound rule of two steps, with these changes."""
    own = {"kind": "sequence", "within": "30d", "steps": _STEPS}
    return _text({**_HEAD, **_OVER_TIME, **own, "tests": _TESTS}, changes)


def steps(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The two steps of the sound sequence with these changes."""
    return {"steps": [{**_STEPS[0], **one}, {**_STEPS[1], **other}]}


def change_text(**changes: Any) -> str:
    """A sound rule that compares a group with its past, with these changes."""
    own = {"kind": "change", "of": "rows", "window": "30d", "baseline": "90d", "ratio_at_least": 3}
    return _text({**_HEAD, **_OVER_TIME, **own, "min_rows": 2, "tests": _TESTS}, changes)


def _text(rule: dict[str, Any], changes: dict[str, Any]) -> str:
    whole = {key: value for key, value in {**rule, **changes}.items() if value is not None}
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in whole.items())


def clauses(**stated: dict[str, Any]) -> dict[str, Any]:
    """A `when` of these clauses."""
    return {"when": stated}


def folder_of(path: Path, texts: Iterable[str] | dict[str, str]) -> Path:
    """The folder with these rules in it, each in a file that begins with its id."""
    named = texts.items() if isinstance(texts, dict) else ((_file_name(text), text) for text in texts)
    for name, text in named:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, encoding="utf-8")
    return path


def _file_name(text: str) -> str:
    return text.splitlines()[0].removeprefix("id: ").strip('"').lower() + "-a-rule.yaml"


def reading_of(path: Path, *texts: str) -> Reading:
    """What a folder of these rules holds."""
    return read_folder(folder_of(path, texts))


def only_rule(path: Path, text: str) -> RuleFile:
    """The rule of a sound text."""
    (file,) = reading_of(path, text).read
    return file
