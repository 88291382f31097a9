"""Whatever a cell holds, a field is read off it: no text is a fault, and only a blank is unknown."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.enrich import fields_of
from screening.fields import FIELDS, FieldType
from screening.io.rates import NO_RATES
from screening.parties import PartyMatcher
from screening.readings import READINGS, TEXT_FACTS, reading
from screening.remembered import parted
from screening.shipment import COLUMNS, Kind
from screening.watchlists.lists import ListCatalogue
from screening.watchlists.parties import PartyList

LISTS = ListCatalogue.load()
NOBODY = PartyMatcher(PartyList([]))
READ = sorted(name for name in FIELDS if reading(name) is not None)
MAY_BE_OPEN = {"key", "address.key", "address.country", "phone_country"} | {
    "document.invoice_key",
    "document.container_key",
}
"""What a text need not tell: a name of signs alone, an address without a number, a local telephone."""
TEXTS = [column.name for column in COLUMNS.values() if column.kind is Kind.TEXT]
WORDS = st.one_of(
    st.text(),
    st.sampled_from(["+7 495 1234567", "a@mail.ru", "PO Box 7", "sea", "cash", "Jebel Ali", "BX", "3151"]),
)


FACTS = {
    "name": ("free_zone", "is_bank", "is_forwarder", "is_military", "is_person", "key", "line_of_business")
    + ("maker",),
    "address": ("country", "free_zone", "mail_drop", "parts", "residential", "written_country"),
    "identifier": ("key",),
    "declared_end_use": ("use",),
}
"""What is told of a text without a column of it."""
SPOKEN = (
    ["Ivanov Ivan Ivanovich", "Rustam Aliyev Vagif oglu", "ИП Петров", "Iveria Trans LLC", "Halk Bank"]
    + [
        "Ministry of Defence",
        "Swift Cargo",
        "银行",
        "Intel Corporation",
        "Anadolu Tekstil A.Ş.",
        "kitchen",
    ]
    + ["Jebel Ali Free Zone", "PO Box 17, Dubai", "apt. 5", "ul. Lenina 7", "c/o", "Food Bank", "Μ bank"]
)


def read(cells: dict[str, list[Any]], *names: str) -> pl.DataFrame:
    rows = pl.DataFrame(cells, dict.fromkeys(cells, pl.String)).with_row_index("row")
    return fields_of(rows, frozenset(names), NOBODY.matches(rows), LISTS, NO_RATES)


def texts_of(name: str) -> tuple[str, ...]:
    return tuple(sorted(column for column in columns_of(name) if COLUMNS[column].kind is Kind.TEXT))


def columns_of(name: str) -> set[str]:
    """The columns that a field is read off, by itself or through other fields."""
    formula = reading(name)
    assert formula is not None
    parts = {parted(root)[0] for root in formula.meta.root_names()}
    return {column for part in parts for column in (columns_of(part) if part in FIELDS else {part})}


def test_every_reading_is_of_a_field_of_the_catalogue() -> None:
    assert READINGS.keys() <= FIELDS.keys()


@pytest.mark.parametrize("name", READ)
def test_a_reading_takes_the_columns_that_the_catalogue_names(name: str) -> None:
    assert set(FIELDS[name].columns) <= columns_of(name) <= COLUMNS.keys()


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_text_is_a_fault_and_only_blanks_are_unknown(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([n for n in READ if FIELDS[n].type is not FieldType.NUMBER]))
    cells = {column: data.draw(st.lists(WORDS, min_size=2, max_size=2)) for column in texts_of(name)}
    told = read(cells, name)[name]
    other = columns_of(name) - cells.keys()
    if not other and name.partition(".")[2] not in MAY_BE_OPEN and name not in MAY_BE_OPEN:
        assert told.null_count() == 0


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(st.none(), WORDS), min_size=1, max_size=6))
def test_a_row_is_read_whatever_rows_stand_beside_it(cells: list[str | None]) -> None:
    columns = ["consignee_name", "consignee_address", "consignee_phone", "transport_mode", "payment_terms"]
    names = ["consignee.line_of_business", "consignee.address.residential", "consignee.phone_country"]
    names += ["transport.kind", "payment.method", "consignee.address.free_zone"]
    together = read(dict.fromkeys(columns, cells), *names)
    alone = pl.concat([read({column: [cell] for column in columns}, *names) for cell in cells])
    assert together.equals(alone)


def test_blank_cells_leave_every_reading_unknown() -> None:
    told = read({column: [None] for column in TEXTS}, *READ)
    assert all(value is None for value in told.row(0))


@pytest.mark.parametrize("kind", FACTS)
@given(text=st.lists(st.sampled_from(SPOKEN) | st.text(max_size=5), min_size=1, max_size=3).map(" ".join))
def test_a_text_alone_is_told_what_its_column_tells(kind: str, text: str) -> None:
    judge, facts = TEXT_FACTS[kind], FACTS[kind]
    told = judge.told(pl.Series([text]), facts).row(0, named=True)
    assert judge.alone(text, facts).items() <= told.items()


@pytest.mark.parametrize("kind", FACTS)
def test_of_a_common_text_every_such_fact_is_told_alone(kind: str) -> None:
    assert tuple(TEXT_FACTS[kind].alone("Halk Bank", FACTS[kind])) == FACTS[kind]
