"""Every layout becomes the same table, and a fault of a file is one line."""

import json
from pathlib import Path

import polars as pl
import pytest

from screening.errors import InputError
from screening.flows.mapping import read_mapping
from screening.flows.reading import read_statistics
from screening.flows.table import KEY, joined
from tests.flows.accounts import Line, table

COMTRADE = "period,reporterISO,flowCode,partnerISO,classificationCode,cmdCode,motCode,netWgt,primaryValue\n"
OLD = '"Classification","Period","Trade Flow","Reporter","Partner","Commodity Code","Trade Value (US$)"\n'
COMEXT = "REPORTER,PARTNER,PRODUCT,FLOW,STAT_PROCEDURE,PERIOD,VALUE_IN_EUR\n"
SDMX = "DATAFLOW,LAST UPDATE,freq,reporter,partner,product,flow,indicators,TIME_PERIOD,OBS_VALUE\n"


def read(folder: Path, text: str, name: str = "file.csv") -> pl.DataFrame:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_statistics(path).rows


def only(rows: pl.DataFrame) -> tuple[object, ...]:
    row = rows.row(0, named=True)
    told = (str(row["period"])[:7], row["months"], row["reporter"], row["partner"], row["flow"], row["code"])
    return (*told, row["value"], row["currency"])


def test_comtrade_is_read_in_dollars_with_revision_and_weight(tmp_path: Path) -> None:
    rows = read(tmp_path, COMTRADE + "202203,ARM,X,RUS,H6,851713,0,12.5,1000.55\n")
    assert only(rows) == ("2022-03", 1, "AM", "RU", "export", "851713", 100055, "USD")
    assert rows.select("revision", "weight_g").row(0) == ("HS2022", 12500)


def test_a_flow_that_is_told_whole_and_in_parts_counts_once(tmp_path: Path) -> None:
    lines = [
        f"202203,ARM,X,RUS,H6,8703,{mode},1,{value}" for mode, value in ((0, 30), (3200, 10), (3900, 20))
    ]
    assert read(tmp_path, COMTRADE + "\n".join(lines))["value"].to_list() == [3000]


def test_a_flow_that_is_told_in_parts_alone_is_their_sum(tmp_path: Path) -> None:
    lines = [f"202203,ARM,X,RUS,H6,8703,{mode},1,{value}" for mode, value in ((3200, 10), (3900, 20))]
    assert read(tmp_path, COMTRADE + "\n".join(lines))["value"].to_list() == [3000]


def test_a_line_that_stands_twice_counts_once(tmp_path: Path) -> None:
    line = "202203,ARM,X,RUS,H6,8703,0,1,30\n"
    assert read(tmp_path, COMTRADE + line * 2)["value"].to_list() == [3000]


def test_re_exports_stand_in_the_exports_already(tmp_path: Path) -> None:
    lines = [f"202203,ARM,{flow},RUS,H6,8703,0,1,30\n" for flow in ("X", "RX")]
    assert read(tmp_path, COMTRADE + "".join(lines)).height == 1


def test_the_older_comtrade_layout_is_read_too(tmp_path: Path) -> None:
    rows = read(tmp_path, OLD + '"H5","2021","Import","Armenia","Georgia","8703","42"\n')
    assert only(rows) == ("2021-01", 12, "AM", "GE", "import", "8703", 4200, "USD")


def test_comtrade_answers_in_json(tmp_path: Path) -> None:
    record = {"period": "2022", "reporterCode": 51, "reporterISO": None, "partnerCode": 643, "flowCode": "X"}
    answer = {"data": [{**record, "cmdCode": "8703", "primaryValue": 7.5}]}
    assert only(read(tmp_path, json.dumps(answer), "a.json"))[2:7] == ("AM", "RU", "export", "8703", 750)


def test_comext_is_read_in_euros_and_eight_digits_become_six(tmp_path: Path) -> None:
    lines = ["DE,KG,85423110,2,1,202201,5", "DE,KG,85423190,2,1,202201,6"]
    rows = read(tmp_path, COMEXT + "\n".join(lines))
    assert only(rows) == ("2022-01", 1, "DE", "KG", "export", "854231", 1100, "EUR")


def test_sdmx_has_value_and_weight_in_rows_of_their_own(tmp_path: Path) -> None:
    begin = "ESTAT:DS-045409(1.0),2024-05-01T11:00:00,M,DE,KG,854231,2"
    lines = [f"{begin},VALUE_IN_EUROS,2022-01,500", f"{begin},QUANTITY_IN_100KG,2022-01,3"]
    path = tmp_path / "sdmx.csv"
    path.write_text(SDMX + "\n".join(lines), encoding="utf-8")
    statistics = read_statistics(path)
    assert statistics.rows.select("value", "weight_g").row(0) == (50000, 300_000)
    assert str(statistics.sources[0].extracted_on) == "2024-05-01"


def test_a_zero_that_a_spreadsheet_took_away_comes_back(tmp_path: Path) -> None:
    rows = read(tmp_path, COMTRADE + "202203,ARM,X,RUS,H6,10121,0,1,30\n")
    assert rows["code"].to_list() == ["010121"]


def test_anybody_s_table_is_read_by_a_mapping(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(
        "columns: {Monat: period, Ziel: partner, Ware: code, Wert: value}\n"
        'constants: {reporter: DE, flow: export, currency: EUR}\ndecimal: ","\nseparator: ";"\nunit: 1000\n'
    )
    (tmp_path / "t.csv").write_text("Monat;Ziel;Ware;Wert\n2022-05;Kasachstan;854231;1,5\n", encoding="utf-8")
    rows = read_statistics(tmp_path / "t.csv", read_mapping(tmp_path / "m.yaml")).rows
    assert only(rows) == ("2022-05", 1, "DE", "KZ", "export", "854231", 150_000, "EUR")


def test_what_is_not_understood_is_told(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        [
            (2022, "DE", "KG", "export", "TOTAL", 1, "EUR"),
            (2022, "DE", "Atlantis", "export", "TOTAL", 2, "EUR"),
        ],
    )
    (source,) = read_statistics(path).sources
    assert "Atlantis" in source.left_out[0]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([(2022, "DE", "KG", "export", "TOTAL", "much", "EUR")], 'value "much" is not a number'),
        ([("Q1", "DE", "KG", "export", "TOTAL", 5, "EUR")], "is no month or year"),
        ([(2022, "DE", "KG", "export", "TOTAL", 5)], "no column says the currency"),
        ([(2022, "Atlantis", "KG", "export", "TOTAL", 5, "EUR")], "no reporter is understood"),
    ],
)
def test_a_fault_of_a_file_is_one_line(tmp_path: Path, lines: list[Line], told: str) -> None:
    with pytest.raises(InputError, match=told) as fault:
        read_statistics(table(tmp_path, lines))
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "", "PK\x03\x04", "<html>", '{"data": 5}', "{"])
def test_what_is_no_statistics_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "no.csv"
    path.write_text(text)
    with pytest.raises(InputError):
        read_statistics(path)


def test_the_figure_that_was_extracted_last_counts(tmp_path: Path) -> None:
    header = "period,reporter,partner,flow,code,value,currency,extracted_on\n"
    for name, day, value in (("a.csv", "2024-06-01", 7), ("b.csv", "2024-01-01", 5)):
        (tmp_path / name).write_text(f"{header}2022,DE,KG,export,TOTAL,{value},EUR,{day}\n")
    both = joined(read_statistics(tmp_path / name) for name in ("a.csv", "b.csv"))
    assert both.rows["value"].to_list() == [700]
    assert both.rows.select(KEY).is_duplicated().any() is False
