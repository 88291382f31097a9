"""Keys on the command line: the first key of a service, shown once."""

from pathlib import Path

from screening.store import keys
from screening.store.database import Database
from tests.cli.conftest import Run


def test_the_first_key_is_printed_alone_so_that_a_script_can_take_it(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store.sqlite"
    made = run("keys", "create", "--scope", "administer", "--database", f"sqlite:///{store}")
    assert made.exit_code == 0
    with Database.open(store) as database, database.reading() as tx:
        key = keys.check(tx, made.stdout.strip())
    assert key is not None and key.scopes == {"administer"}


def test_several_scopes_may_stand_in_one_word(run: Run, tmp_path: Path) -> None:
    store = ("--database", str(tmp_path / "store.sqlite"))
    run("keys", "create", "--scope", "screen,read", "--scope", "decide", "--name", "orders", *store)
    listed = run("keys", "list", *store).stdout
    assert "decide read screen" in listed and "orders" in listed


def test_a_key_is_revoked_by_its_id(run: Run, tmp_path: Path) -> None:
    store = ("--database", str(tmp_path / "store.sqlite"))
    made = run("keys", "create", "--scope", "read", *store).stdout.strip()
    assert "opens nothing" in run("keys", "revoke", made.split("_")[1], *store).stdout
    with Database.open(tmp_path / "store.sqlite") as database, database.reading() as tx:
        assert keys.check(tx, made) is None


def test_a_scope_that_there_is_not_is_told(run: Run, tmp_path: Path) -> None:
    refused = run("keys", "create", "--scope", "everything", "--database", str(tmp_path / "store.sqlite"))
    assert refused.exit_code == 2
    assert "there are screen, read, decide, administer" in refused.stderr


def test_a_store_that_is_not_there_is_not_made_by_looking(run: Run, tmp_path: Path) -> None:
    assert run("keys", "list", "--database", str(tmp_path / "none.sqlite")).exit_code == 2
    assert not (tmp_path / "none.sqlite").exists()
