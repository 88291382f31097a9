"""What a cell says, by the column it stands in."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.io.meanings import plainly, read_cells
from screening.io.notation import Notation
from screening.io.reasons import LONGEST_CELL, shortened
from screening.io.signs import UNSEEN, signs_of
from screening.io.values import typed_columns
from screening.shipment import Kind

GERMAN = Notation(date_format="%d.%m.%Y", decimal=",", thousands=".")


def typed(column: str, cell: str | None, notation: Notation = Notation()) -> tuple[Any, str]:  # noqa: B008
    """The value of one cell, and the reason if it has none."""
    frame, faults = typed_columns(pl.DataFrame({column: [cell]}, schema={column: pl.String}), notation)
    return frame[column].to_list()[0], faults["reason"].to_list()[0] if faults.height else ""


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        (" 2024-02-29 ", date(2024, 2, 29)),
        ("2024-02-29T23:59:59+03:00", date(2024, 2, 29)),
        ("2024-02-29 08:00", date(2024, 2, 29)),
        ("20240229", date(2024, 2, 29)),
    ],
)
def test_an_iso_date_is_read_with_or_without_its_time(cell: str, day: date) -> None:
    assert typed("shipment_date", cell) == (day, "")


@pytest.mark.parametrize(
    "cell",
    ["13/25/2023", "01/02/2024", "2023-02-29", "2024-13-01", "05.01.24", "0024-01-05", "2024-1-5", "x"],
)
def test_no_other_date_is_guessed(cell: str) -> None:
    day, reason = typed("shipment_date", cell)
    assert day is None
    assert f'"{cell}"' in reason and "YYYY-MM-DD" in reason


def test_a_date_of_the_mapping_files_format_is_read_and_an_iso_date_too() -> None:
    assert typed("shipment_date", "05.01.2024", GERMAN)[0] == date(2024, 1, 5)
    assert typed("shipment_date", "2024-01-05", GERMAN)[0] == date(2024, 1, 5)


def test_a_year_of_two_digits_is_not_one_of_the_first_century() -> None:
    day, reason = typed("shipment_date", "05.01.24", GERMAN)
    assert day is None and "%d.%m.%Y" in reason


@pytest.mark.parametrize(
    ("cell", "code"),
    [("854231", "854231"), ("8542.31.0010", "8542310010"), ("8542 31", "854231"), ("010121", "010121")],
)
def test_an_hs_code_may_have_dots_and_spaces(cell: str, code: str) -> None:
    assert typed("hs_code", cell) == (code, "")


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("85.42", '"85.42" has 4 digits; an HS code has 6 to 10'),
        ("85423100101", '"85423100101" has 11 digits; an HS code has 6 to 10'),
        ("abc", '"abc" is not an HS code; write 6 to 10 digits, for example 8542.31'),
        ("854231.0", '"854231.0" is a number and may have lost a leading zero; write the HS code as text'),
        ("٨٥٤٢٣١", '"٨٥٤٢٣١" is not an HS code; write 6 to 10 digits, for example 8542.31'),
    ],
)
def test_what_is_no_hs_code_is_told_with_the_remedy(cell: str, told: str) -> None:
    assert typed("hs_code", cell) == (None, told)


@pytest.mark.parametrize(
    ("cell", "amount"), [("1200.50", 1200.5), ("0", 0.0), ("007", 7.0), (".5", 0.5), ("5.", 5.0)]
)
def test_an_amount_has_a_decimal_point(cell: str, amount: float) -> None:
    assert typed("value", cell) == (amount, "")


@pytest.mark.parametrize(
    "cell", ["1,200.50", "1 200", "1200,5", "1e5", "nan", "inf", "-0.1", "+5", "$5", "9" * 400]
)
def test_what_is_no_plain_amount_is_not_read_as_one(cell: str) -> None:
    amount, reason = typed("value", cell)
    assert amount is None
    assert shortened(cell, 60) in reason


def test_a_negative_weight_is_told_as_negative() -> None:
    assert typed("net_weight_kg", "-5") == (None, '"-5" is negative; write an amount of 0 or more')


@pytest.mark.parametrize(
    ("cell", "amount"), [("1.200,50", 1200.5), ("1200,50", 1200.5), ("12", 12.0), ("1.234.567", 1234567.0)]
)
def test_a_decimal_comma_is_read_where_the_mapping_file_says_so(cell: str, amount: float) -> None:
    assert typed("value", cell, GERMAN) == (amount, "")


@pytest.mark.parametrize("cell", ["1200.50", "12.34", "1.20,5", "1,2,3"])
def test_a_point_is_no_decimal_in_a_file_with_decimal_commas(cell: str) -> None:
    assert typed("value", cell, GERMAN)[0] is None


@pytest.mark.parametrize("cell", ["TRIST", "tr ist", "TR IST"])
def test_a_port_is_a_locode(cell: str) -> None:
    assert typed("port_of_loading", cell) == ("TRIST", "")


@pytest.mark.parametrize("cell", ["Istanbul", "Izmir", "IZMIR", "TRIS", "Paris"])
def test_the_name_of_a_port_is_no_locode(cell: str) -> None:
    port, reason = typed("port_of_loading", cell)
    assert port is None and "UN/LOCODE" in reason


def test_countries_are_read_by_code_and_by_name_in_several_languages() -> None:
    cells = {"Türkiye": "TR", "Казахстан": "KZ", "DEU": "DE", "Allemagne": "DE", "kz": "KZ"}
    assert {cell: typed("consignee_country", cell)[0] for cell in cells} == cells


def test_a_country_that_is_none_is_told() -> None:
    assert typed("consignee_country", "Wakanda")[1].startswith('"Wakanda" is not a country')


def test_transit_countries_keep_the_order_of_travel() -> None:
    assert typed("transit_countries", "KZ; TR ;Georgia")[0] == ["KZ", "TR", "GE"]


@pytest.mark.parametrize("cell", ["", " ", None, ";"])
def test_a_blank_transit_cell_states_that_there_is_none(cell: str | None) -> None:
    assert typed("transit_countries", cell) == ([], "")


def test_one_wrong_transit_country_is_named() -> None:
    assert '"Narnia"' in typed("transit_countries", "KZ;Narnia")[1]


@pytest.mark.parametrize(("cell", "count"), [("3", 3), ("3.0", 3), ("0", 0)])
def test_a_line_number_is_a_whole_number(cell: str, count: int) -> None:
    assert typed("line_number", cell) == (count, "")


@pytest.mark.parametrize("cell", ["-1", "1.5", "one", "9" * 30])
def test_no_other_line_number_is_read(cell: str) -> None:
    assert typed("line_number", cell)[0] is None


@pytest.mark.parametrize(
    "column", ["exporter_name", "shipment_date", "value", "hs_code", "consignee_country"]
)
def test_a_blank_cell_is_unknown(column: str) -> None:
    assert typed(column, "  \u00a0") == (None, "")


@pytest.mark.parametrize("control", ["\0", "\x07", "\x1b", "\x7f", "\x85"])
def test_a_control_character_is_a_fault_in_any_column(control: str) -> None:
    frame, faults = typed_columns(pl.DataFrame({"exporter_name": [f"a{control}b"], "their own": [control]}))
    assert frame["exporter_name"].to_list() == [None]
    assert faults["column"].to_list() == ["exporter_name", "their own"]
    assert f"U+{ord(control):04X}" in faults["reason"][0]


def test_line_breaks_and_tabs_inside_a_cell_are_no_fault() -> None:
    assert typed("exporter_address", "Street 1\r\n\tCity") == ("Street 1\r\n\tCity", "")


def test_a_cell_may_have_a_hundred_thousand_characters_and_no_more() -> None:
    assert typed("goods_description", "ü" * LONGEST_CELL)[1] == ""
    assert typed("goods_description", "ü" * (LONGEST_CELL + 1)) == (
        None,
        "the cell has 100,001 characters; it may have 100,000",
    )


def test_columns_that_are_not_the_contracts_are_not_typed() -> None:
    frame, faults = typed_columns(pl.DataFrame({"their own": ["x"]}))
    assert frame.width == 0 and faults.height == 0


def test_all_faults_of_a_row_are_told_in_the_order_of_the_columns() -> None:
    cells = pl.DataFrame({"hs_code": ["854231", "x"], "value": ["-1", "-1"]})
    faults = typed_columns(cells)[1]
    assert faults.select("at", "column").rows() == [(0, "value"), (1, "hs_code"), (1, "value")]


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_of_the_calendar_is_read_as_itself(day: date) -> None:
    assert typed("shipment_date", day.isoformat())[0] == day


@given(st.floats(0, 1e15))
def test_every_amount_is_read_as_itself(amount: float) -> None:
    assert typed("value", f"{amount:.6f}")[0] == float(f"{amount:.6f}")


@given(st.text())
def test_any_text_in_any_column_is_a_value_or_a_fault_or_blank(cell: str) -> None:
    for column in ("hs_code", "shipment_date", "value", "port_of_loading", "line_number", "exporter_name"):
        value, reason = typed(column, cell.replace("\udfff", ""))
        assert (value is None) or not reason
        assert value is not None or reason or not cell.strip()


def test_a_long_value_is_shown_short_and_on_one_line() -> None:
    assert shortened("a\nb\0" + "c" * 500, 10) == "a b\N{REPLACEMENT CHARACTER}ccccc…"


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("yes", True), ("Evet", True), ("ДА", True), ("True", True), ("1", True), ("ja", True)]
    + [("No", False), ("HAYIR", False), ("нет", False), ("0", False), ("not included", False)],
)
def test_yes_and_no_are_read_in_five_languages(cell: str, answer: bool) -> None:
    assert typed("no_reexport_clause", cell) == (answer, "")


@pytest.mark.parametrize("cell", ["perhaps", "12g", "n/a"])
def test_what_is_neither_yes_nor_no_is_told_with_the_remedy(cell: str) -> None:
    answer, reason = typed("no_reexport_clause", cell)
    assert answer is None
    assert f'"{cell}"' in reason and "leave the cell blank" in reason


@given(st.lists(st.text(st.sampled_from(" \u00a0\tA1.\0,;"), max_size=4), max_size=70), st.booleans())
def test_a_column_says_what_each_of_its_cells_says(cells: list[str], seen: bool) -> None:
    signs = signs_of([f"{cell} ".encode() for cell in cells]) if seen else UNSEEN
    for column in ("exporter_name", "value", "hs_code", "consignee_country"):
        frame, faults = typed_columns(pl.DataFrame({column: cells}, {column: pl.String}), signs=signs)
        alone = [typed(column, cell) for cell in cells]
        assert frame[column].to_list() == [value for value, _ in alone]
        assert faults["reason"].to_list() == [reason for _, reason in alone if reason]


CELLS_OF_ANY_KIND = st.sampled_from(Kind).flatmap(
    lambda kind: st.tuples(
        st.just(kind),
        st.from_regex(r"[0-9]{1,4}-?[0-9]{1,2}-?[0-9.]{1,12}\s?", fullmatch=True) | st.text(max_size=12),
    )
)


@given(CELLS_OF_ANY_KIND)
def test_a_plain_cell_says_what_reading_it_says(asked: tuple[Kind, str]) -> None:
    kind, cell = asked
    value, (values, wrong) = plainly(kind, cell), read_cells(kind, Notation(), pl.Series([cell]))
    assert value is None or (value, False) == (values[0], wrong[0])


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (Kind.TEXT, "Çelik Ltd", "Çelik Ltd"),
        (Kind.DATE, "2024-02-29", date(2024, 2, 29)),
        (Kind.AMOUNT, "12.50", 12.5),
        (Kind.HS_CODE, "85423190", "85423190"),
        (Kind.COUNT, "3", 3),
    ],
)
def test_what_every_program_writes_is_plain(kind: Kind, cell: str, value: Any) -> None:
    assert plainly(kind, cell) == value


@pytest.mark.parametrize(
    ("kind", "cell"),
    [(Kind.TEXT, " a"), (Kind.TEXT, "a\x00"), (Kind.DATE, "2024-02-30"), (Kind.AMOUNT, "1,5")],
)
def test_what_may_mean_something_else_is_not_plain(kind: Kind, cell: str) -> None:
    assert plainly(kind, cell) is None
