"""YAML as text with places."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import InputError
from screening.ruleset.yaml_source import MAX_BYTES, parse_yaml, read_yaml


@pytest.mark.parametrize("scalar", ["NO", "010121", "yes", "1e3", "2024-01-01", "null", "~", "0x1F", "12:30"])
def test_every_scalar_stays_the_text_that_was_written(scalar: str) -> None:
    assert parse_yaml(f"a: {scalar}", "x.yaml").tree == {"a": scalar}


def test_every_place_knows_its_line() -> None:
    source = parse_yaml("a: 1\nb:\n  - c: 2\n  - d: 3\n", "x.yaml")
    assert [source.line(place) for place in [("a",), ("b",), ("b", 0), ("b", 1, "d")]] == [1, 2, 3, 4]


def test_a_place_that_is_not_there_has_the_line_of_what_is_around_it() -> None:
    source = parse_yaml("a: 1\nb:\n  c: 2\n", "x.yaml")
    assert source.where(("b", "missing", "deeper")) == "x.yaml:2"
    assert source.where() == "x.yaml:1"


def test_a_key_that_stands_twice_is_refused_with_its_line() -> None:
    with pytest.raises(InputError, match=r"x\.yaml:3: names `a` twice"):
        parse_yaml("a: 1\nb: 2\na: 3\n", "x.yaml")


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x\n", "a: &x {b: 1}\n", "&x [*x]\n"])
def test_an_anchor_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="an anchor or an alias"):
        parse_yaml(text, "x.yaml")


def test_nested_aliases_can_not_fill_the_memory() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 60))]
    with pytest.raises(InputError, match=r"x\.yaml:1"):
        parse_yaml("\n".join(lines), "x.yaml")


@pytest.mark.parametrize("text", ["a: [1\nb: 2\n", "a: b: c\n", "\ta: 1\n", "a: {b: 1\n", 'a: "open\n'])
def test_what_is_no_yaml_is_refused_with_a_line(text: str) -> None:
    with pytest.raises(InputError, match=r"x\.yaml:\d+: is not YAML"):
        parse_yaml(text, "x.yaml")


def test_a_control_character_is_refused_in_one_line() -> None:
    with pytest.raises(InputError) as caught:
        parse_yaml("a: \x07\n", "x.yaml")
    assert "\n" not in str(caught.value)


def test_depth_without_end_is_refused() -> None:
    with pytest.raises(InputError, match="is nested too deeply"):
        parse_yaml("[" * 1000 + "]" * 1000, "x.yaml")


def test_a_file_that_is_not_there_or_no_text_or_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"a: \xe9\n")
    (tmp_path / "large.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    for name, told in (("gone", "can't be read"), ("latin", "is not UTF-8"), ("large", "is larger than")):
        with pytest.raises(InputError, match=told):
            read_yaml(tmp_path / f"{name}.yaml")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "bom.yaml").write_bytes(b"\xef\xbb\xbfid: GDS-001\n")
    assert read_yaml(tmp_path / "bom.yaml").tree == {"id": "GDS-001"}


def test_an_empty_file_is_an_empty_mapping() -> None:
    assert parse_yaml("# nothing yet\n", "x.yaml").tree == {}


@given(st.text())
def test_any_text_is_a_tree_or_one_input_error(text: str) -> None:
    try:
        tree = parse_yaml(text, "x.yaml").tree
    except InputError as error:
        assert str(error).startswith("x.yaml")
    else:
        assert isinstance(tree, str | list | dict)
