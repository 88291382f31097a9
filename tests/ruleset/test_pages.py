"""The pages say what the rules say, and those of the repository are up to date."""

from pathlib import Path

from screening.ruleset.loading import load_rules
from screening.ruleset.pages import rule_pages, stale_pages, write_pages

PAGES = Path(__file__).parents[2] / "docs" / "rules"


def test_the_pages_of_the_bundled_rules_are_up_to_date() -> None:
    assert stale_pages(rule_pages(load_rules()), PAGES) == []


def test_every_rule_has_a_page_that_says_why_and_when_it_is_wrong() -> None:
    ruleset = load_rules()
    pages = rule_pages(ruleset)
    for rule in ruleset.rules:
        page = pages[f"{rule.id.lower()}.md"]
        assert page.startswith(f"# {rule.id} {rule.title}\n") and "## When it is wrong" in page


def test_the_index_leads_from_a_red_flag_to_its_rules() -> None:
    index = rule_pages(load_rules())["README.md"]
    assert "| `q5_ais` | no | position reports of ships |" in index
    (row,) = [line for line in index.splitlines() if line.startswith("| `kyc_forwarder_final`")]
    assert "[PTY-016](pty-016.md)" in row


def test_pages_that_no_rule_has_are_taken_away(tmp_path: Path) -> None:
    (tmp_path / "gds-999.md").write_text("gone", encoding="utf-8")
    pages = {"README.md": "# Rules\n", "gds-001.md": "# GDS-001\n"}
    assert stale_pages(pages, tmp_path) == ["README.md", "gds-001.md", "gds-999.md"]
    write_pages(pages, tmp_path)
    assert stale_pages(pages, tmp_path) == []
