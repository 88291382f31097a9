"""What `screening test` runs: scenarios, and the tests that stand in the rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from screening.errors import UsageError
from screening.junit import Case
from screening.resources import bundled
from screening.rule_tests import bundled_screener, run_rule_tests
from screening.ruleset.reading import rule_files
from screening.scenarios import Scenario, read_scenario, run_scenario, scenario_folders
from screening.screener import Screener


@dataclass(frozen=True, slots=True)
class Suite:
    """The scenarios to run, and the folders of rules whose own tests run."""

    scenarios: tuple[Scenario, ...]
    rules: tuple[Path, ...]


def read_suite(paths: Sequence[Path] = ()) -> Suite:
    """The tests of these folders, or the bundled ones: scenarios, folders of them, folders of rules.

    Raises UsageError for a path that is none of these, InputError for a scenario that can't be read.
    """
    folders: dict[Path, None] = {}
    rules: dict[Path, None] = {}
    for path in paths or (bundled("scenarios"), bundled("rules")):
        if not path.is_dir():
            raise UsageError(f"{path}: is no folder; name a scenario, a folder of them, or a folder of rules")
        found = scenario_folders(path)
        folders |= dict.fromkeys(found)
        if not found:
            rules |= dict.fromkeys([_rules(path)])
    return Suite(tuple(read_scenario(folder) for folder in folders), tuple(rules))


def _rules(path: Path) -> Path:
    if not rule_files(path):
        raise UsageError(f"{path}: holds neither a scenario nor a rule")
    return path


def run_suite(suite: Suite, screener: Screener | None = None) -> Iterator[Case]:
    """The outcome of every test, rules first, as they are run.

    Scenarios are judged by `screener`, else by the bundled rules and lists; each folder of rules by
    its own rules and the bundled lists. Raises RuleError for rules that can't be used.
    """
    for folder in suite.rules:
        for outcome in run_rule_tests(bundled_screener(folder)):
            yield Case(outcome.rule, outcome.test, (outcome.failure,) if outcome.failure else ())
    if suite.scenarios:
        judge = screener or bundled_screener()
        for scenario in suite.scenarios:
            yield Case("scenarios", scenario.name, tuple(run_scenario(judge, scenario)))
