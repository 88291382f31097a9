import csv
from collections.abc import Callable, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening import Screener, Screening
from screening.io.book import Book, bound, read_book
from screening.io.memory import table_batches
from screening.rescreen import Rescreening, identity, rescreen
from screening.ruleset.loading import RuleSet
from screening.timeline import Earlier
from tests.rulebook import match_rule, rule_set, window_rule

Listed = dict[str, str]
Results = dict[tuple[str, int | None, int | None], Screening]
ALFA: Listed = {"id": "1", "name": "Kondor Avia", "country": "RU"}
SHIPPED = ("Kondor Avia", "Kondor Awia", "Titan Mikro", "Ostrich Shipping Lines", "Bosphorus Textiles", "")


def rules() -> RuleSet:
    """One rule that holds, one of a mere likeness, one of a later listing, one without lists; and two over
    time, of which one counts what is listed."""
    listed, later = "consignee.match.score", "consignee.later_match.score"
    alike = {"a": {"field": listed, "at_least": "0.8", "say": "like a listed one"}}
    three = {"within": "30d", "count": {"rows": {"at_least": "3"}}, "weight": 25}
    lane = {"group_by": ["consignee.country"], **three}
    return rule_set(
        window_rule("PAT-901", "count", of=alike, **lane),
        window_rule("PAT-902", "count", of={"a": {"field": "consignee.country", "known": "true"}}, **three),
        match_rule("PTY-901", {"a": {"field": listed, "at_least": "0.95", "say": "listed"}}, weight=70),
        match_rule("PTY-902", {"a": {"field": listed, "at_least": "0.8", "say": "like a listed one"}}),
        match_rule("PTY-903", {"a": {"field": later, "at_least": "0.9", "say": "listed since"}}),
        match_rule("GDS-901", {"a": {"field": "consignee.country", "is": "KZ", "say": "{value}"}}),
    )


RULES = rules()
Of = Callable[..., Screener]


def written(path: Path, rows: Sequence[dict[str, str]], *columns: str) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def screener(folder: Path, entries: Sequence[Listed], **options: Any) -> Screener:
    columns = ("id", *FIELDS, "source")
    folder.mkdir(exist_ok=True)
    return Screener(RULES, [written(folder / "mine.csv", entries, *columns)], bundled=False, **options)


def book(folder: Path, names: Sequence[str], country: str = "TR", **told: Sequence[str]) -> Book:
    """A shipment for each name; `told` are further columns of the consignee."""
    columns = ("shipment_id", "shipment_date", "consignee_name", "consignee_country", *told)
    rows = [
        {"shipment_id": f"S{n}", "shipment_date": "2024-06-01", "consignee_name": name}
        | {"consignee_country": country}
        | {column: cells[n] for column, cells in told.items()}
        for n, name in enumerate(names)
    ]
    return read_book([written(folder / "book.csv", rows, *columns)])


def full(one: Screener, shipments: Book, everything: bool = True) -> Results:
    results = one.screen_book(shipments)
    return {identity(r): r for r in results if everything or r.decision != "clear"}


@pytest.fixture
def alter(tmp_path: Path) -> Callable[..., Rescreening]:
    """What the change from some entries to others alters in a book of these names."""

    def altered(old: list[Listed], new: list[Listed], *names: str, everything: bool = True) -> Rescreening:
        before, after = screener(tmp_path / "old", old), screener(tmp_path / "new", new)
        shipments = book(tmp_path, names)
        return rescreen(shipments, before, after, full(before, shipments, everything).values())

    return altered


def test_a_list_that_did_not_change_alters_nothing(alter: Callable[..., Rescreening]) -> None:
    found = alter([ALFA], [ALFA], *SHIPPED)
    assert (found.rows, found.screened, found.altered) == (len(SHIPPED), 0, ())


@pytest.mark.parametrize("everything", [True, False])
def test_a_new_entry_alters_the_shipments_of_that_party_alone(
    alter: Callable[..., Rescreening], everything: bool
) -> None:
    found = alter([], [ALFA], *SHIPPED, everything=everything)
    assert [one.after.shipment_id for one in found.altered] == ["S0", "S1"]
    assert found.screened == 2 and not found.other_run
    assert found.altered[0].sentence == (
        "S0: clear, now hold; score 0, now 100; now PTY-901, PTY-902; matches Kondor Avia (mine:1, in_force)"
    )


def test_an_entry_that_goes_clears_its_shipments(alter: Callable[..., Rescreening]) -> None:
    (one,) = alter([ALFA], [], "Kondor Avia").altered
    assert (one.before.decision, one.after.decision, one.after.matches) == ("hold", "clear", ())
    assert one.sentence.endswith("no more PTY-901, PTY-902; no longer matches Kondor Avia (mine:1, in_force)")


def test_an_entry_that_ends_is_altered_though_its_name_stays(alter: Callable[..., Rescreening]) -> None:
    (one,) = alter([ALFA], [ALFA | {"ended_on": "2024-01-01"}], "Kondor Avia").altered
    assert [match.status for match in one.came] == ["ended_before_shipment"]


def test_an_entry_whose_source_alone_changed_is_screened_again_and_not_altered(
    alter: Callable[..., Rescreening],
) -> None:
    found = alter([ALFA], [ALFA | {"source": "another"}], *SHIPPED)
    assert (found.screened, found.altered) == (2, ())


def test_a_shipment_of_a_group_in_which_another_was_listed_is_screened_again(
    alter: Callable[..., Rescreening],
) -> None:
    titan = {"id": "2", "name": "Titan Mikro", "country": "RU"}
    found = alter([ALFA], [ALFA, titan], *SHIPPED)
    told = {one.after.shipment_id: one.sentence for one in found.altered}
    assert found.screened == 3 and "now PAT-901" in told["S0"] and "now PAT-901" in told["S2"]
    (finding,) = [f for f in found.altered[0].after.findings if f.rule == "PAT-901"]
    assert finding.related_shipments == ("S1", "S2")


def test_earlier_shipments_are_seen_with_either_list(tmp_path: Path) -> None:
    before, after = screener(tmp_path / "old", []), screener(tmp_path / "new", [ALFA])
    earlier = Earlier(book(tmp_path, ["Kondor Avia", "Kondor Awia"]).batches[0].typed)
    today = {"shipment_id": ["T1"], "shipment_date": ["2024-06-02"], "consignee_name": ["Kondor Avia"]}
    shipments = bound(table_batches(pl.DataFrame({**today, "consignee_country": ["TR"]})))
    (one,) = rescreen(shipments, before, after, earlier=earlier).altered
    (wanted,) = after.screen_book(shipments, earlier)
    assert one.after.record == wanted.record and "now PAT-901" in one.sentence


def test_what_a_shipment_came_to_is_taken_from_its_old_alert(tmp_path: Path) -> None:
    before, after = screener(tmp_path / "old", []), screener(tmp_path / "new", [ALFA])
    shipments = book(tmp_path, ["Kondor Avia"])
    (old,) = full(before, shipments).values()
    alert = old.model_copy(update={"decision": "review", "score": 40, "run": "another run"})
    found = rescreen(shipments, before, after, [alert])
    assert found.other_run and found.altered[0].before == alert


def test_old_alerts_of_no_shipment_of_the_book_are_counted(tmp_path: Path) -> None:
    before = screener(tmp_path / "old", [ALFA])
    alerts = full(before, book(tmp_path, ["Kondor Avia", "Kondor Avia"])).values()
    assert rescreen(book(tmp_path, ["Kondor Avia"]), before, before, alerts).unknown == 1


def test_a_change_is_plain_values_with_both_records(alter: Callable[..., Rescreening]) -> None:
    found = alter([], [ALFA], "Kondor Avia")
    record = found.altered[0].record
    assert (record["before"]["decision"], record["after"]["decision"]) == ("clear", "hold")
    assert record["sentence"] == found.altered[0].sentence
    assert found.summary == "1 shipments, 1 of them screened again: 1 altered, 1 with another decision"


def test_an_empty_book_has_nothing_to_alter(alter: Callable[..., Rescreening]) -> None:
    assert alter([], [ALFA]).rows == 0


NAMES = st.lists(
    st.sampled_from(["Kondor", "Avia", "Titan", "Mikro", "Awia", "Trading", "No 5", "No 6"]),
    min_size=1,
    max_size=3,
).map(" ".join)
BLANK = st.just("")
PLACES = st.sampled_from(["", "5 Main St, Omsk", "7 Harbour Rd, Limassol"])
NUMBERS = st.sampled_from(["", "7707083893", "IMO 9187629"])
FIELDS = {
    "name": NAMES,
    "aliases": BLANK | NAMES,
    "weak_aliases": BLANK | NAMES,
    "country": st.sampled_from(["", "RU", "TR"]),
    "address": PLACES,
    "identifiers": NUMBERS,
    "listed_on": st.sampled_from(["", "2023-01-01", "2025-01-01"]),
    "ended_on": st.sampled_from(["", "2026-01-01", "2025-02-01"]),
}
ENTRIES = st.dictionaries(st.integers(1, 9).map(str), st.fixed_dictionaries(FIELDS), max_size=6)
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.integers(0, 5), st.sampled_from(sorted(FIELDS)), st.data()),
        st.tuples(st.sampled_from(["remove", "renumber", "weaken", "strengthen"]), st.integers(0, 5)),
        st.tuples(st.just("add"), st.fixed_dictionaries(FIELDS)),
    ),
    max_size=4,
)
CONSIGNEES = st.lists(st.tuples(NAMES, PLACES, NUMBERS), max_size=8)


def changed(entries: list[Listed], change: tuple[Any, ...]) -> list[Listed]:
    """The entries after one change such as publishers make."""
    kind, told = change[0], change[1:]
    if kind == "add":
        taken = {entry["id"] for entry in entries}
        unused = next(id for id in map("1{}".format, range(len(entries), 1000)) if id not in taken)
        return [*entries, {"id": unused, **told[0]}]
    if not entries:
        return entries
    at = told[0] % len(entries)
    before, one, rest = entries[:at], entries[at], entries[at + 1 :]
    match kind:
        case "remove":
            return before + rest
        case "renumber":
            one = one | {"id": "9" + one["id"]}
        case "weaken":
            one = one | {"weak_aliases": one["aliases"], "aliases": ""}
        case "strengthen":
            one = one | {"aliases": one["weak_aliases"], "weak_aliases": ""}
        case _:
            one = one | {told[1]: told[2].draw(FIELDS[told[1]])}
    return [*before, one, *rest]


@settings(max_examples=60, deadline=None)
@given(first=ENTRIES, changes=CHANGES, consignees=CONSIGNEES, everything=st.booleans())
def test_old_results_and_what_is_altered_are_what_a_full_run_gives(
    tmp_path_factory: pytest.TempPathFactory,
    first: dict[str, Listed],
    changes: list[tuple[Any, ...]],
    consignees: list[tuple[str, str, str]],
    everything: bool,
) -> None:
    folder = tmp_path_factory.mktemp("lists")
    old = [{"id": number} | entry for number, entry in first.items()]
    new = reduce(changed, changes, old)
    before, after = screener(folder / "old", old), screener(folder / "new", new)
    names, places, numbers = zip(*consignees, strict=True) if consignees else ((), (), ())
    shipments = book(folder, names, "KZ", consignee_address=places, consignee_identifier=numbers)
    earlier, wanted = full(before, shipments), full(after, shipments)
    found = rescreen(shipments, before, after, full(before, shipments, everything).values())
    altered = {identity(one.after): one.after for one in found.altered}
    assert all(wanted[key].record == result.record for key, result in altered.items())
    assert {key: told(r) for key, r in (earlier | altered).items()} == {k: told(r) for k, r in wanted.items()}


def told(result: Screening) -> tuple[Any, ...]:
    matches = {(m.role, m.name, m.id, m.matched_name, m.status) for m in result.matches}
    return result.decision, result.score, {finding.rule for finding in result.findings}, matches
