"""A new rule is asked for, gets the next number, and is written when it is sound."""

from pathlib import Path

import pytest

from screening.ruleset.reading import read_folder
from tests.cli.conftest import Run
from tests.ruleset.made_rules import folder_of, match_text

SAID = {
    "--family": "gds",
    "--title": "Tier 2 goods to Kyrgyzstan: an example",
    "--severity": "low",
    "--weight": "2",
    "--rationale": "They go on from there.",
    "--red-flags": "tri_hubs, kyc_route_abnormal",
    "--wrong": "Most of this trade.",
    "--hit": 'hs_code: "851762", consignee_country: KG',
    "--clear": 'hs_code: "851762", consignee_country: KZ',
}
CLAUSES = (
    'tier_2: field: goods.chpl_tier, is: "2", say: "tier {value}"',
    "there: field: consignee.country, is: KG",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "rules", [match_text(id="GDS-007")])


def words(**changes: str) -> list[str]:
    said = SAID | {f"--{name}": value for name, value in changes.items()}
    return [word for pair in said.items() for word in pair]


def test_options_alone_write_a_sound_rule(run: Run, folder: Path) -> None:
    clauses = [word for clause in CLAUSES for word in ("--clause", clause)]
    result = run("rules", "new", *words(), *clauses, "--rules", folder)
    assert result.exit_code == 0, result.stdout
    assert (folder / "goods" / "gds-008-tier-2-goods-to-kyrgyzstan-an-example.yaml").exists()
    assert run("rules", "lint", folder).exit_code == 0


def test_what_is_not_given_is_asked_for(run: Run, folder: Path) -> None:
    given = [*SAID.values(), *CLAUSES, ""]
    assert run("rules", "new", "--rules", folder, given="\n".join(given) + "\n").exit_code == 0
    assert {rule.id for rule in read_folder(folder).rules} == {"GDS-007", "GDS-008"}


def test_a_rule_with_a_fault_is_told_and_not_written(run: Run, folder: Path) -> None:
    result = run("rules", "new", *words(weight="50"), "--clause", CLAUSES[0], "--rules", folder)
    assert result.exit_code == 1 and "outside the band of low" in result.stdout
    assert len(read_folder(folder).rules) == 1
