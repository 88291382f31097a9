"""Whatever happens to a list file on its way, it is read or refused in one line."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.errors import WatchlistError
from screening.watchlists.sources import SOURCES, read_list, source_of

from . import (
    test_address_csv,
    test_bis_dpl,
    test_eu_csv,
    test_eu_journal,
    test_eu_xml,
    test_ftm_json,
    test_ofac_csv,
    test_ofac_enhanced,
    test_ofac_xml,
    test_opensanctions_csv,
    test_own_csv,
    test_uk_csv,
    test_un_xml,
    test_us_csl,
    test_us_csl_json,
)

LISTS = {
    "address-csv": f"{test_address_csv.HEADER}\n{test_address_csv.ROW}",
    "bis-dpl": "\n".join([test_bis_dpl.HEADER, test_bis_dpl.FIRM, test_bis_dpl.PERSON]),
    "eu-csv": "\n".join([test_eu_csv.HEADER, *test_eu_csv.ROWS]),
    "eu-journal": "\n".join([test_eu_journal.HEADER, test_eu_journal.ROW]),
    "eu-xml": test_eu_xml.LIST,
    "ftm-json": "\n".join(map(json.dumps, (test_ftm_json.FIRM, test_ftm_json.SANCTION))),
    "ofac-csv": "\n".join(test_ofac_csv.SDN),
    "ofac-enhanced-xml": test_ofac_enhanced.document(test_ofac_enhanced.ENTITY),
    "ofac-xml": test_ofac_xml.document(test_ofac_xml.PERSON, test_ofac_xml.vessel()),
    "opensanctions-csv": "\n".join([test_opensanctions_csv.HEADER, test_opensanctions_csv.FIRM]),
    "own-csv": "\n".join(test_own_csv.FULL),
    "uk-csv": test_uk_csv.table(test_uk_csv.REDUCED, {"Unique ID": "BEL1", "Name": "ALFA"}),
    "un-xml": test_un_xml.LIST,
    "us-csl": f"{test_us_csl.REDUCED_HEADER}\n{test_us_csl.SDN},1,,Alfa,,CN,,,,,\n",
    "us-csl-json": json.dumps({"results": [test_us_csl_json.FIRM]}),
}
DAMAGE = st.lists(
    st.tuples(
        st.integers(0, 5000),
        st.integers(0, 40),
        st.sampled_from(["", '"', "<", "}", "\n", ";", "&x;", "ÿ", "\0"]),
    ),
    min_size=1,
    max_size=4,
)


def test_every_format_is_told_by_its_content(tmp_path: Path) -> None:
    told = {}
    for name, text in LISTS.items():
        (tmp_path / "list.txt").write_text(text, encoding="utf-8")
        told[name] = source_of(tmp_path / "list.txt").format
    assert told == {source.format: source.format for source in SOURCES}


@pytest.mark.parametrize("name", LISTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(damage=DAMAGE)
def test_a_damaged_list_is_read_or_refused_in_one_line(
    tmp_path: Path, name: str, damage: list[tuple[int, int, str]]
) -> None:
    text = LISTS[name]
    for at, length, put in damage:
        at %= len(text) + 1
        text = text[:at] + put + text[at + length :]
    (tmp_path / "list.txt").write_text(text, encoding="utf-8")
    try:
        entries = read_list(tmp_path / "list.txt").entries
    except WatchlistError as error:
        assert "\n" not in str(error)
    else:
        assert len({entry.id for entry in entries}) == len(entries)


@pytest.mark.parametrize("name", [name for name in LISTS if "xml" in name or name == "us-csl-json"])
@given(share=st.floats(0.05, 0.999))
def test_a_document_cut_short_anywhere_is_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, share: float
) -> None:
    path = tmp_path_factory.mktemp("cut") / "list.txt"
    path.write_text(LISTS[name].rstrip()[: int(len(LISTS[name].rstrip()) * share)], encoding="utf-8")
    with pytest.raises(WatchlistError):
        read_list(path)
