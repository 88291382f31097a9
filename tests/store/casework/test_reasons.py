"""The reasons are a list that a site may bring, and every one says where it is from."""

from pathlib import Path

import pytest

from screening.errors import InputError
from screening.store.casework.moves import WITH_REASON
from screening.store.casework.reasons import read_reasons

HEAD = "reason,action,judges,says,source\n"


def test_every_reason_says_something_and_names_its_source() -> None:
    assert all(reason.says and reason.source for reason in read_reasons().values())


def test_every_action_that_needs_a_reason_has_some() -> None:
    assert {reason.action for reason in read_reasons().values()} == WITH_REASON


def test_a_site_brings_its_own(tmp_path: Path) -> None:
    own = tmp_path / "reasons.csv"
    own.write_text(HEAD + "seen,release,wrong,Seen on file,our handbook\n")
    assert list(read_reasons(own)) == ["seen"]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("reason,says\n", ":1: is no list of reasons"),
        (HEAD + "a,release,wrong,A,b\nseen,comment,wrong,Seen,us\n", ":3: action is 'comment'"),
        (HEAD + "seen,release,maybe,Seen,us\n", ":2: judges is 'maybe'"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str, where: str) -> None:
    own = tmp_path / "reasons.csv"
    own.write_text(text)
    with pytest.raises(InputError, match=where):
        read_reasons(own)


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read"):
        read_reasons(tmp_path / "none.csv")
