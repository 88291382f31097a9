"""A history knows shipments again, lets each run see what was there before it, and keeps them privately."""

import stat
from pathlib import Path

import pytest

from screening.errors import InputError
from screening.history.asked import Asked
from screening.history.history import History
from tests.history.books import LISTS, RULES, book_of, clauses, count_rule, post, row, shift_rule, told

ASKED = Asked.by(RULES)


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "h.db")


def test_a_run_sees_what_runs_before_it_posted(history: History, tmp_path: Path) -> None:
    first, _ = post(history, book_of(tmp_path, row(shipment_id="A")))
    second, _ = post(history, book_of(tmp_path, row(shipment_id="B")))
    assert (told(first), told(second)) == ([], ["A"])


def test_a_party_keeps_its_key_under_its_spellings(history: History, tmp_path: Path) -> None:
    post(history, book_of(tmp_path, row(shipment_id="A", consignee_name="ТОО «Алтын Трейдинг»")))
    past, _ = post(history, book_of(tmp_path, row(shipment_id="B", consignee_name="ALTYN TREYDING LLP")))
    assert told(past) == ["A"]


def test_only_shipments_of_shared_groups_are_read(history: History, tmp_path: Path) -> None:
    rows = [row(shipment_id=f"A{n}", consignee_name=f"Firm {n} LLC") for n in range(5)]
    post(history, book_of(tmp_path, *rows))
    past, _ = post(history, book_of(tmp_path, row(shipment_id="B", consignee_name="Firm 3")))
    assert told(past) == ["A3"]


def test_steps_are_found_by_the_field_of_each(history: History, tmp_path: Path) -> None:
    one = row(shipment_id="A", consignee_name="One", exporter_country="DE", consignee_country="KG")
    other = row(shipment_id="B", consignee_name="Other", exporter_country="KG", consignee_country="RU")
    post(history, book_of(tmp_path, one))
    assert told(post(history, book_of(tmp_path, other))[0]) == ["A"]


def test_shipments_beyond_the_reach_of_every_rule_are_not_read(history: History, tmp_path: Path) -> None:
    days = {"IN": "2024-01-31", "OUT": "2024-01-30"}
    post(history, book_of(tmp_path, *(row(shipment_id=n, shipment_date=d) for n, d in days.items())))
    past, _ = post(history, book_of(tmp_path, row(shipment_id="B")), rules=[count_rule()])
    assert told(past) == ["IN"]


def test_the_same_file_again_sees_what_it_saw_and_changes_nothing(history: History, tmp_path: Path) -> None:
    days = [book_of(tmp_path, row(shipment_id=n)) for n in "ABC"]
    seen = [post(history, day)[0] for day in days]
    before = (tmp_path / "h.db").read_bytes()
    again = [post(history, day) for day in days]
    assert [told(past) for past, _ in again] == [told(past) for past in seen] == [[], ["A"], ["A", "B"]]
    assert [past.told for past, _ in again] == [past.told for past in seen]
    assert {posted.added for _, posted in again} == {0}
    assert (tmp_path / "h.db").read_bytes() == before


def test_rows_without_an_id_are_told_by_all_that_they_say(history: History, tmp_path: Path) -> None:
    monday = book_of(tmp_path, row(invoice_number="1"), name="day.csv")
    tuesday = book_of(tmp_path, row(invoice_number="2"), name="day.csv")
    assert [post(history, day)[1].added for day in (monday, tuesday, monday)] == [1, 1, 0]
    past, _ = post(history, book_of(tmp_path, row(invoice_number="3"), name="day.csv"))
    assert told(past) == ["day.csv#1 (run 1)", "day.csv#1 (run 2)"]


def test_a_higher_revision_replaces_and_the_lower_one_tells_what_changed(
    history: History, tmp_path: Path
) -> None:
    post(history, book_of(tmp_path, row(shipment_id="A", revision="1")))
    amended, posted = post(history, book_of(tmp_path, row(shipment_id="A", revision="2")))
    assert (told(amended), amended.rows["revision"].to_list(), posted.replaced) == (["A"], [1], 1)
    later, _ = post(history, book_of(tmp_path, row(shipment_id="B")))
    assert later.rows.select("shipment_id", "revision").rows() == [("A", 2)]


def test_a_lower_revision_that_comes_late_is_superseded(history: History, tmp_path: Path) -> None:
    post(history, book_of(tmp_path, row(shipment_id="A", revision="2")))
    late, _ = post(history, book_of(tmp_path, row(shipment_id="A", revision="1"), row(shipment_id="B")))
    assert (late.book.superseded_rows, late.book.batches[0].typed["shipment_id"].to_list()) == (1, ["B"])
    past, _ = post(history, book_of(tmp_path, row(shipment_id="C")))
    assert sorted(past.rows.select("shipment_id", "revision").rows()) == [("A", 2), ("B", None)]


def test_a_row_that_says_something_else_under_its_revision_is_counted(
    history: History, tmp_path: Path
) -> None:
    post(history, book_of(tmp_path, row(shipment_id="A")))
    past, posted = post(history, book_of(tmp_path, row(shipment_id="A", hs_code="610910")))
    assert (past.known, past.changed, posted.added) == (1, 1, 0)


def test_it_tells_how_far_back_it_reaches(history: History, tmp_path: Path) -> None:
    post(history, book_of(tmp_path, row(shipment_id="A", shipment_date="2021-05-05", consignee_name="Other")))
    past, _ = post(history, book_of(tmp_path, row(shipment_id="B")))
    assert str(past.begins) == "2021-05-05"


def test_a_shipment_without_a_day_is_known_again_and_never_seen(history: History, tmp_path: Path) -> None:
    post(history, book_of(tmp_path, row(shipment_id="A", shipment_date="")))
    past, posted = post(
        history, book_of(tmp_path, row(shipment_id="A", shipment_date=""), row(shipment_id="B"))
    )
    assert (told(past), past.known, posted.added) == ([], 1, 1)


def test_what_rules_need_and_older_rows_lack_is_told(history: History, tmp_path: Path) -> None:
    post(history, book_of(tmp_path, row(shipment_id="A")), rules=[count_rule()])
    past, _ = post(history, book_of(tmp_path, row(shipment_id="B")), rules=RULES)
    assert "net_weight_kg" in past.lacking
    assert "consignee_name" not in past.lacking


def test_a_rule_that_groups_by_another_field_finds_older_shipments(history: History, tmp_path: Path) -> None:
    post(history, book_of(tmp_path, row(shipment_id="A")), rules=[count_rule()])
    other = count_rule(group_by=["consignee.name"])
    assert told(post(history, book_of(tmp_path, row(shipment_id="B")), rules=[other])[0]) == ["A"]


def test_a_rule_that_knows_other_parties_again_finds_older_shipments(
    history: History, tmp_path: Path
) -> None:
    post(history, book_of(tmp_path, row(shipment_id="A", exporter_name="Alpha")), rules=[shift_rule()])
    other = count_rule(group_by=["exporter.key"], count={"distinct": "consignee.key", "at_least": 2})
    later = book_of(tmp_path, row(shipment_id="B", exporter_name="ALPHA"))
    assert told(post(history, later, rules=[other])[0]) == ["A"]


def test_shipments_that_no_rule_looks_at_are_not_read(history: History, tmp_path: Path) -> None:
    post(history, book_of(tmp_path, row(shipment_id="A", hs_code=""), row(shipment_id="B")))
    past, _ = post(history, book_of(tmp_path, row(shipment_id="C")), rules=[count_rule()])
    assert told(past) == ["B"]


def test_shipments_that_no_rule_judges_look_for_nothing(history: History, tmp_path: Path) -> None:
    post(history, book_of(tmp_path, row(shipment_id="A")))
    past, _ = post(history, book_of(tmp_path, row(shipment_id="B", hs_code="")), rules=[count_rule()])
    assert told(past) == []


def test_what_lists_of_parties_tell_is_left_open(history: History, tmp_path: Path) -> None:
    listed = {"field": "consignee.match.score", "at_least": "0.9", "say": "listed"}
    rule = count_rule().model_copy(update={"of": clauses(listed=listed)})
    post(history, book_of(tmp_path, row(shipment_id="A")), rules=[rule])
    assert told(post(history, book_of(tmp_path, row(shipment_id="B")), rules=[rule])[0]) == ["A"]


def test_many_small_runs_are_joined_into_few_parts(history: History, tmp_path: Path) -> None:
    for number in range(70):
        past, _ = post(history, book_of(tmp_path, row(shipment_id=f"A{number:02}")))
    assert told(past) == [f"A{number:02}" for number in range(69)]
    assert history.holding().parts < 20


def test_the_file_is_its_owners_alone(history: History, tmp_path: Path) -> None:
    post(history, book_of(tmp_path, row(shipment_id="A")))
    assert stat.S_IMODE((tmp_path / "h.db").stat().st_mode) == 0o600


def test_a_run_that_fails_leaves_nothing(history: History, tmp_path: Path) -> None:
    book = book_of(tmp_path, row(shipment_id="A", revision="x"))
    with pytest.raises(RuntimeError), history.turn(ASKED, LISTS) as turn:
        turn.post(turn.look_back(book), "R")
        raise RuntimeError
    history.close()
    assert not (tmp_path / "h.db").exists()


def test_a_retention_that_is_too_short_names_the_rule(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="keeps shipments for 20 days, and rule PAT-002 looks back 60"):
        post(History(tmp_path / "h.db", keep=20), book_of(tmp_path, row(shipment_id="A")))
