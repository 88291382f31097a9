"""Each change of the rules and lists in use is dated and logged, and no other start is."""

from pathlib import Path

from screening import Screener
from screening.store import in_use
from screening.store.audit import verify
from screening.store.database import Database
from screening.store.schema import AUDIT
from tests.store.records import rows_of


def own(screener: Screener, folder: Path, *names: str) -> Screener:
    (folder / "own.csv").write_text("name,id\n" + "".join(f"{name},{name}\n" for name in names))
    return Screener(rules=screener.ruleset, watchlists=folder / "own.csv", bundled=False)


def put(database: Database, screener: Screener) -> list[str]:
    return [one.name for one in database.write(lambda tx: in_use.put(tx, screener))]


def test_the_first_start_uses_all_and_the_second_nothing_new(
    database: Database, screener: Screener, tmp_path: Path
) -> None:
    one = own(screener, tmp_path, "azu")
    assert put(database, one) == ["rules", "goods, countries, places", "own"]
    assert put(database, one) == []
    assert len(rows_of(database, AUDIT)) == 4


def test_a_list_that_is_replaced_has_an_end(database: Database, screener: Screener, tmp_path: Path) -> None:
    put(database, own(screener, tmp_path, "azu"))
    assert put(database, own(screener, tmp_path, "azu", "ertis")) == ["own"]
    with database.reading() as tx:
        told = [(one["entries"], one["replaced_at"] is None) for one in in_use.history(tx)][2:]
        assert (told, verify(tx).faults) == ([(1, False), (2, True)], [])
    kinds = [entry.kind for entry in rows_of(database, AUDIT)]
    assert kinds[-3:] == ["run", "watchlist.ended", "watchlist.used"]
