"""Which column of the contract a header means."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import screening.io
from screening.errors import InputError
from screening.io.headers import column_meant, normal_header, resolve_headers
from screening.io.mapping import ColumnMapping
from screening.shipment import COLUMNS

FOLDER = Path(screening.io.__file__).parent


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Shipper", "exporter_name"),
        ("CONSIGNOR", "exporter_name"),
        ("Consignor Address", "exporter_address"),
        ("Ultimate Consignee", "consignee_name"),
        ("ultimate_consignee_country", "consignee_country"),
        ("HTS", "hs_code"),
        ("Schedule B", "hs_code"),
        ("Commodity-Code", "hs_code"),
        ("ETD", "shipment_date"),
        ("P.O.L.", "port_of_loading"),
        ("POD", "port_of_discharge"),
        ("Notify", "notify_party_name"),
        ("End User", "end_user_name"),
        ("Invoice Value", "value"),
        ("CCY", "currency"),
        ("Net Weight", "net_weight_kg"),
        ("IMO", "vessel_imo"),
        ("Consignee Tax ID", "consignee_identifier"),
        ("İhracatçı", "exporter_name"),
        ("ALICI ÜLKESİ", "consignee_country"),
        ("GTİP", "hs_code"),
        ("Yükleme Limanı", "port_of_loading"),
        ("Грузополучатель", "consignee_name"),
        ("Страна получателя", "consignee_country"),
        ("Код ТН ВЭД", "hs_code"),
        ("Вес нетто, кг", "net_weight_kg"),
        ("Empfänger Anschrift", "consignee_address"),
        ("Ursprungsland", "country_of_origin"),
        ("Währung", "currency"),
        ("Pays de destination", "country_of_destination"),
        ("Adresse du destinataire", "consignee_address"),
        ("Consignee Tel", "consignee_phone"),
        ("Alıcı e-posta", "consignee_email"),
        ("Terms of Payment", "payment_terms"),
        ("Ödeme Şekli", "payment_method"),
        ("Вес брутто, кг", "gross_weight_kg"),
        ("No-Russia Clause", "no_reexport_clause"),
        ("Zollverfahren", "customs_procedure"),
    ],
)
def test_the_usual_names_of_a_column_are_known(header: str, column: str) -> None:
    assert column_meant(header) == column


@pytest.mark.parametrize("name", COLUMNS)
def test_the_contracts_own_names_are_known_however_they_are_written(name: str) -> None:
    for header in (
        name,
        name.upper(),
        name.replace("_", " ").title(),
        name.replace("_", "-"),
        name.replace("_", ""),
    ):
        assert column_meant(f" {header} ") == name


@pytest.mark.parametrize("header", ["Tare Weight", "Remarks", "", "Weight", "Unit Price", "Phone"])
def test_other_headers_mean_no_column(header: str) -> None:
    assert column_meant(header) is None


@pytest.mark.parametrize(
    "header", ["Net Weight (kg)", "net_weight [KGS]", "Вес нетто (кг)", "Net Weight (KG.)"]
)
def test_a_unit_in_brackets_that_is_the_columns_own_is_known(header: str) -> None:
    assert column_meant(header) == "net_weight_kg"


@pytest.mark.parametrize(
    "header", ["Net Weight (lb)", "Net weight (t)", "Net weight (lb) (kg)", "Value (thousand USD)"]
)
def test_another_unit_leaves_the_column_unknown(header: str) -> None:
    assert column_meant(header) is None


def test_a_note_in_brackets_may_say_what_of_a_party_is_meant() -> None:
    assert column_meant("Consignee (Country)") == "consignee_country"
    assert column_meant("Consignee (colour)") is None


def test_a_currency_in_brackets_is_the_currency_of_the_values() -> None:
    headings = resolve_headers(["Value (USD)", "HS (6 digits)"], None, "f")
    assert headings.names == ("value", "hs_code")
    assert headings.constants == {"currency": "USD"}
    assert headings.present == {"value", "hs_code", "currency"}


def test_a_currency_in_brackets_does_not_overrule_a_currency_column() -> None:
    headings = resolve_headers(["Value (USD)", "Currency"], None, "f")
    assert headings.names == ("Value (USD)", "currency")
    assert headings.constants == {}


def test_unknown_columns_keep_their_own_headers() -> None:
    assert resolve_headers(["Shipper", " Remarks ", ""], None, "f").names == (
        "exporter_name",
        "Remarks",
        "column 3",
    )


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        (["Shipper", "HS", "Exporter"], '"Shipper" and "Exporter" (columns 1 and 3) both mean exporter_name'),
        (["HS", "HS"], 'columns 1 and 2 both have the header "HS"'),
        (["HS", "Remarks", "Remarks"], 'columns 2 and 3 both have the header "Remarks"'),
    ],
)
def test_two_headers_of_one_column_are_refused_by_name(headers: list[str], told: str) -> None:
    with pytest.raises(InputError) as refused:
        resolve_headers(headers, None, "a.csv")
    assert str(refused.value).startswith(f"a.csv: {told}; ")


def test_a_file_without_a_column_that_we_know_is_refused() -> None:
    with pytest.raises(InputError, match='no column that we know among "foo", "bar"; name the columns'):
        resolve_headers(["foo", "bar"], None, "a.csv")


def test_the_mapping_file_decides_between_two_headers() -> None:
    mapping = ColumnMapping(columns={"Seller": "exporter_name"})
    assert resolve_headers(["Shipper", "Seller"], mapping, "f").names == ("Shipper", "exporter_name")


def test_the_mapping_file_can_leave_a_column_unread() -> None:
    mapping = ColumnMapping(columns={"Shipper": None})
    assert resolve_headers(["Shipper", "HS"], mapping, "f").names == ("Shipper", "hs_code")


def test_a_constant_of_the_mapping_file_may_not_meet_a_column_of_the_file() -> None:
    mapping = ColumnMapping(constants={"country_of_export": "TR"})
    assert resolve_headers(["HS"], mapping, "f").constants == {"country_of_export": "TR"}
    with pytest.raises(InputError, match="country_of_export is a constant"):
        resolve_headers(["HS", "Country of export"], mapping, "f")


@given(st.text())
def test_normalising_a_header_twice_changes_nothing(header: str) -> None:
    assert normal_header(normal_header(header)) == normal_header(header)


@given(st.sampled_from(sorted(COLUMNS)), st.sampled_from([" ", "_", "-", ".", " - ", ""]))
def test_what_stands_between_the_words_does_not_matter(name: str, between: str) -> None:
    assert column_meant(between.join(name.split("_")).swapcase()) == name


def rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_synonym_means_one_column_and_names_its_source() -> None:
    meant: dict[str, str] = {}
    for row in rows_of("synonyms.csv"):
        assert row["column"] in COLUMNS and row["source"]
        assert meant.setdefault(normal_header(row["synonym"]), row["column"]) == row["column"], row
        assert column_meant(row["synonym"]) == row["column"], row


def test_every_unit_and_every_form_names_its_source() -> None:
    for row in [*rows_of("units.csv"), *rows_of("attributes.csv")]:
        assert row["source"], row
