"""The founding articles as facts, and the files that rest on them."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from screening.errors import InputError
from screening.resources import bundled
from screening.seeds.__main__ import app
from screening.seeds.articles import Article, Story, read_article, read_articles
from screening.seeds.build import Folders, build, out_of_date
from screening.seeds.cases import Cell

ARTICLES = bundled("seeds") / "articles"
TWO_STORIES = ARTICLES / "003-two-stories.yaml"


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return read_articles(ARTICLES)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    shutil.copytree(ARTICLES, tmp_path / "articles")
    made = Folders(tmp_path / "articles", tmp_path / "watchlists", tmp_path / "scenarios")
    build(made)
    return made


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[Callable[[Any], None]], Path]:
    """Write the article of two stories with a change, and give its path."""

    def write(change: Callable[[Any], None]) -> Path:
        content = YAML(typ="safe", pure=True).load(TWO_STORIES.read_text(encoding="utf-8"))
        change(content)
        path = tmp_path / "changed.yaml"
        YAML(typ="safe", pure=True).dump(content, path)
        return path

    return write


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def words(story: Story) -> str:
    return story.model_dump_json()


def more_than_a_country(cells: dict[str, Cell]) -> bool:
    """A straight way to a destination of concern, a fact of a party, or a party that is listed."""
    straight = cells["country_of_destination"] in {"RU", "BY"}
    told = cells.keys() & {
        "consignee_registered_on",
        "end_user_country",
        "notify_party_country",
        "payer_country",
    }
    listed = "Azu International" in str(cells["exporter_name"]) or "RM Dizayn" in str(cells["consignee_name"])
    return straight or bool(told) or listed


# The project's own files


def test_what_rests_on_the_articles_is_up_to_date() -> None:
    assert out_of_date(Folders.of_the_project()) == []


def test_there_are_five_founding_articles(articles: list[Article]) -> None:
    assert [article.number for article in articles] == ["000", "001", "002", "003", "004"]


def test_as_many_stories_stay_quiet_as_alert(articles: list[Article]) -> None:
    alerts = [case.alerts for article in articles for _, _, case in article.cases()]
    assert len(alerts) >= 24
    assert alerts.count(True) >= 12
    assert alerts.count(False) >= alerts.count(True)


def test_an_alert_needs_more_than_goods_and_a_country(articles: list[Article]) -> None:
    flagged = [
        case.cells | shipment.cells
        for article in articles
        for _, _, case in article.cases()
        for shipment in case.shipments
        if shipment.expect != "clear"
    ]
    assert len(flagged) >= 24
    assert [cells for cells in flagged if not more_than_a_country(cells)] == []


def test_only_two_articles_and_a_rumour_tell_of_diversion(articles: list[Article]) -> None:
    flows = [(a.number, flow) for a in articles for story in a.stories for flow in story.flows]
    assert {number for number, flow in flows if flow.mark == "diversion"} == {"000", "001", "004"}
    assert {flow.status for number, flow in flows if number == "004" and flow.mark == "diversion"} == {
        "possible"
    }


def test_goods_that_come_from_russia_are_no_diversion(articles: list[Article]) -> None:
    flows = [flow for article in articles for story in article.stories for flow in story.flows]
    assert {flow.mark for flow in flows if flow.direction == "from_russia"} == {"context", "politics"}


# Two stories on one page


def test_nobody_of_the_talks_of_2025_is_in_the_story_of_2022() -> None:
    drones, talks = read_article(TWO_STORIES).stories
    only_talks = {e.name for e in talks.entities} - {e.name for e in drones.entities}
    assert {"Volodymyr Zelenskiy", "Dmitry Peskov", "Donald Trump", "Varachyne"} <= only_talks
    assert [name for name in only_talks if name in words(drones)] == []


def test_no_drone_is_in_the_story_of_2025() -> None:
    drones, talks = read_article(TWO_STORIES).stories
    assert "Baykar" in words(drones)
    assert [word for word in ("Baykar", "drone", "2022") if word in words(talks)] == []


def test_the_cases_of_each_story_keep_to_its_year() -> None:
    def last_year(story: Story) -> str:
        cells = [case.cells | one.cells for f in story.facts for case in f.cases for one in case.shipments]
        return max(str(one["shipment_date"]) for one in cells)[:4]

    assert [last_year(story) for story in read_article(TWO_STORIES).stories] == ["2022", "2025"]


def test_an_entity_of_the_other_story_is_refused(changed: Callable[..., Path]) -> None:
    path = changed(lambda page: page["stories"][0]["flows"][0]["by"].append("Donald Trump"))
    with pytest.raises(InputError, match=r"not among the goods or entities .*: Donald Trump"):
        read_article(path)


def test_a_fact_outside_its_story_is_refused(changed: Callable[..., Path]) -> None:
    path = changed(lambda page: page["stories"][0]["flows"][0].update(paragraph=30))
    with pytest.raises(InputError, match=r"outside the paragraphs .*: drones-sold-to-ukraine"):
        read_article(path)


def test_stories_may_not_share_a_paragraph(changed: Callable[..., Path]) -> None:
    path = changed(lambda page: page["stories"][1].update(paragraphs=[[18, 42]]))
    with pytest.raises(InputError, match="one story or to the furniture"):
        read_article(path)


def test_a_story_may_stand_in_pieces() -> None:
    (pledge,) = read_article(ARTICLES / "002-arms-pledge.yaml").stories
    assert pledge.paragraphs == [[3, 6], [12, 34]]


# Faults of a file


def test_an_unknown_key_is_refused_with_its_place(changed: Callable[..., Path]) -> None:
    path = changed(lambda page: page["stories"][0]["flows"][0].update(reciever="UA"))
    with pytest.raises(InputError, match=r"stories.0.flows.0.reciever: Extra inputs"):
        read_article(path)


def test_all_faults_are_named_at_once(changed: Callable[..., Path]) -> None:
    path = changed(lambda page: page.update(id="three", publisher=""))
    with pytest.raises(InputError, match=r"id: .*publisher: "):
        read_article(path)


def test_an_alert_for_trade_that_is_no_diversion_is_refused(changed: Callable[..., Path]) -> None:
    def alert(page: Any) -> None:
        page["stories"][0]["flows"][0]["cases"][0]["shipments"][0]["expect"] = "alert"

    with pytest.raises(InputError, match="drones-sold-to-ukraine is marked context"):
        read_article(changed(alert))


def test_two_facts_of_one_name_are_refused(changed: Callable[..., Path]) -> None:
    path = changed(lambda page: page["stories"][0]["flows"][1].update(id="drones-sold-to-ukraine"))
    with pytest.raises(InputError, match=r"more than once in story .*: drones-sold-to-ukraine"):
        read_article(path)


def test_a_cell_of_no_column_is_refused(changed: Callable[..., Path]) -> None:
    def misspell(page: Any) -> None:
        page["stories"][0]["flows"][0]["cases"][0]["cells"]["exporter_nam"] = "Baykar"

    with pytest.raises(InputError, match="no column that a case may set: exporter_nam"):
        read_article(changed(misspell))


def test_a_file_that_is_no_yaml_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("id: [1", encoding="utf-8")
    with pytest.raises(InputError, match="is not YAML") as caught:
        read_article(path)
    assert "\n" not in str(caught.value)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no article"):
        read_articles(tmp_path)


def test_a_name_is_explained_once(folders: Folders) -> None:
    shutil.copy(folders.articles / "004-sochi-meeting.yaml", folders.articles / "again.yaml")
    with pytest.raises(InputError, match="more than one article 004_"):
        read_articles(folders.articles)


# Building


def test_a_second_build_changes_nothing(folders: Folders) -> None:
    assert out_of_date(folders) == []
    assert build(folders) == []


def test_a_changed_file_is_named_and_mended(folders: Folders) -> None:
    path = folders.watchlists / "goods" / "articles.csv"
    path.write_text("id\n", encoding="utf-8")
    assert out_of_date(folders) == [path]
    assert build(folders) == [path]
    assert out_of_date(folders) == []


def test_a_scenario_of_no_article_is_named_and_removed(folders: Folders) -> None:
    stray, own = folders.scenarios / "seed-009-stray", folders.scenarios / "my-own"
    stray.mkdir()
    own.mkdir()
    assert out_of_date(folders) == [stray]
    build(folders)
    assert (stray.exists(), own.exists()) == (False, True)


def test_the_check_of_the_command_line_agrees() -> None:
    result = CliRunner().invoke(app, ["build", "--check"])
    assert (result.exit_code, result.output) == (0, "")


def test_context_names_every_article_that_has_the_firm(folders: Folders) -> None:
    baykar = next(r for r in table(folders.watchlists / "context" / "articles.csv") if r["id"] == "baykar")
    assert "Baykar Makina" in baykar["aliases"].split(";")
    assert [number in baykar["source"] for number in ("001_", "003_", "004_")] == [True] * 3


def test_corn_and_shells_are_no_goods_to_look_out_for(folders: Folders) -> None:
    codes = {row["hs6"] for row in table(folders.watchlists / "goods" / "articles.csv")}
    assert {"854231", "901310", "851762"} <= codes
    assert codes.isdisjoint({"100590", "930690", "300241", "270112"})


def test_the_countries_are_those_of_the_two_routes(folders: Folders) -> None:
    rows = table(folders.watchlists / "countries" / "articles.csv")
    assert [row["country"] for row in rows] == ["AE", "AZ", "KZ"]
