"""A page for every rule, made from the rule itself, and an index by family and by red flag.

What stands in a document and in a rule grows apart; so nobody writes these pages.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from screening.ruleset.checklist import limits, wanted
from screening.ruleset.indicators import coverage
from screening.ruleset.loading import RuleSet
from screening.ruleset.policy import RedFlag
from screening.ruleset.rule import Rule

INDEX = "README.md"
_FAMILIES = {
    "PTY": "Parties",
    "GDS": "Goods",
    "DOC": "Papers",
    "RTE": "Route",
    "PAT": "Patterns over time",
    "CMB": "Combinations",
}


def rule_pages(ruleset: RuleSet) -> dict[str, str]:
    """The text of every page, by its file name; the index is `README.md`."""
    return {INDEX: _index(ruleset)} | {_name(rule): _page(rule, ruleset) for rule in ruleset.rules}


def stale_pages(pages: dict[str, str], folder: Path) -> list[str]:
    """The file names of pages that the folder lacks, has otherwise, or has beyond them."""
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in pages.keys() | there.keys() if pages.get(name) != there.get(name))


def write_pages(pages: dict[str, str], folder: Path) -> None:
    """Makes the folder hold these pages and no others."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in stale_pages(pages, folder):
        if name in pages:
            (folder / name).write_text(pages[name], encoding="utf-8")
        else:
            (folder / name).unlink()


def _name(rule: Rule) -> str:
    return f"{rule.id.lower()}.md"


def _page(rule: Rule, ruleset: RuleSet) -> str:
    return "\n".join(_lines(rule, ruleset)) + "\n"


def _lines(rule: Rule, ruleset: RuleSet) -> Iterator[str]:
    yield f"# {rule.id} {rule.title}\n"
    about = f"{rule.severity}, {rule.weight} points; {rule.kind} rule, {rule.status}, version {rule.version}"
    yield "; ".join([about, *limits(rule, ruleset)]) + ".\n"
    yield f"## Why\n\n{_prose(rule.rationale)}\n\n## What it looks for\n\n```text"
    yield from wanted(rule, ruleset)
    yield "```\n\n## When it is wrong\n"
    yield from (f"- {_prose(honest)}" for honest in rule.false_positives)
    yield "\n## Published red flags\n"
    for name in rule.red_flags:
        flag = ruleset.red_flags.get(name)
        yield f"- {_flag(flag)}" if flag else f"- `{name}`"
    yield "\n## Tests\n"
    yield from (f"- {test.expect.replace('_', ' ')}: {_prose(test.name)}" for test in rule.tests)


def _flag(flag: RedFlag) -> str:
    issuer = f"[{flag.issuer}]({flag.link})" if flag.link else flag.issuer
    read = "" if flag.verified == "yes" else " (the publication itself was not read)"
    return f"`{flag.id}`: {issuer}, {flag.date}, {flag.reference}: {_prose(flag.text)}{read}"


def _prose(text: str) -> str:
    """The text with nothing in it that a page would take for a mark."""
    return text.replace("*", r"\*").replace("_", r"\_").replace("<", "&lt;")


def _index(ruleset: RuleSet) -> str:
    lines = ["# Rules\n", "Every bundled rule, made from its file by `screening rules pages`.\n"]
    for family, rules in _families(ruleset.rules).items():
        lines += [f"## {family}\n", "| rule | severity | points | title |", "|---|---|---|---|"]
        lines += [f"| {_link(r)} | {r.severity} | {r.weight} | {_prose(r.title)} |" for r in rules]
        lines.append("")
    lines += ["## By red flag\n", "| red flag | shown by shipments | rules, or what would show it |"]
    lines.append("|---|---|---|")
    by_id = {rule.id: rule for rule in ruleset.rules}
    for found in coverage(ruleset.red_flags.values(), ruleset.rules):
        told = ", ".join(_link(by_id[rule]) for rule in found.rules) or _prose(found.flag.needs) or "none"
        lines.append(f"| `{found.flag.id}` | {found.flag.observable} | {told} |")
    return "\n".join(lines) + "\n"


def _families(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        found[rule.id[:3]].append(rule)
    order = [*_FAMILIES, *sorted(found.keys() - _FAMILIES.keys())]
    return {_FAMILIES.get(prefix, prefix): found[prefix] for prefix in order if prefix in found}


def _link(rule: Rule) -> str:
    return f"[{rule.id}]({_name(rule)})"
