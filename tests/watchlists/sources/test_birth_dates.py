"""Every list that tells birth dates keeps them, as exactly as it writes them."""

import json

import pytest

from screening.names.births import births_of

from . import (
    test_eu_csv,
    test_eu_journal,
    test_eu_xml,
    test_ftm_json,
    test_ofac_enhanced,
    test_ofac_xml,
    test_opensanctions_csv,
    test_un_xml,
)
from .conftest import ListOf

OFAC = (
    "<dateOfBirthList><dateOfBirthItem>"
    "<dateOfBirth>circa 1962</dateOfBirth></dateOfBirthItem></dateOfBirthList>"
)
FEATURE = "<features><feature><type>Birthdate</type><value>12 Mar 1962</value></feature></features>"
UN = (
    "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1962</YEAR></INDIVIDUAL_DATE_OF_BIRTH>"
    "<INDIVIDUAL_DATE_OF_BIRTH><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1963</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>"
)
CSL = "source,entity_number,type,name,alt_names,programs,source_list_url,dates_of_birth"
EU = '<birthdate circa="true" year="1962"/><birthdate birthdate="1962-03-12" year="1962"/>'
REMARKS = "DOB 12 Mar 1962; alt. DOB 1963; POB Omsk, Russia; nationality Russia."


def table(header: str, **cells: str) -> str:
    separator = ";" if ";" in header else ","
    columns = header.replace('"', "").split(separator)
    return f"{header}\n" + separator.join(cells.get(column, "") for column in columns) + "\n"


LISTS = {
    "ofac-xml": (
        test_ofac_xml.document(test_ofac_xml.PERSON.replace("<akaList>", f"{OFAC}<akaList>", 1)),
        ["circa 1962"],
    ),
    "ofac-enhanced-xml": (
        test_ofac_enhanced.document(f'<entity id="7">{FEATURE}</entity>'),
        ["12 Mar 1962"],
    ),
    "ofac-csv": (
        f'7,"PRIMEROV, Ivan","individual","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"{REMARKS}"\n',
        ["12 Mar 1962", "1963"],
    ),
    "un-xml": (test_un_xml.LIST.replace("<INDIVIDUAL_DOCUMENT/>", UN), ["circa 1962", "1960 to 1963"]),
    "eu-xml": (
        test_eu_xml.LIST.replace('<subjectType code="enterprise"', f'{EU}<subjectType code="enterprise"'),
        ["circa 1962", "1962-03-12"],
    ),
    "eu-journal": (
        table(
            test_eu_journal.HEADER,
            celex="1",
            name="Ivan",
            schema="Person",
            birthDate='"(a) 7.7.1956; (b) 1957"',
        ),
        ["(a) 7.7.1956", "(b) 1957"],
    ),
    "opensanctions": (
        table(
            test_opensanctions_csv.HEADER, id="x", schema="Person", name="Ivan", birth_date="1962-03-12;1963"
        ),
        ["1962-03-12", "1963"],
    ),
    "us-csl": (
        table(
            CSL,
            source="Specially Designated Nationals (SDN) - Treasury Department",
            entity_number="1",
            name="Ivan",
            dates_of_birth="1962-03-12; 1963",
        ),
        ["1962-03-12", "1963"],
    ),
    "own": ("name,type,dob\nIvan Primerov,person,1962;1963\n", ["1962", "1963"]),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_birth_date_is_kept_as_it_is_written(list_of: ListOf, name: str) -> None:
    text, told = LISTS[name]
    entry = list_of(text).entries[0]
    assert list(entry.birth_dates) == told
    assert len(births_of(entry.birth_dates)) == len(told)


def test_the_eu_table_has_a_row_for_a_birth_date(list_of: ListOf) -> None:
    header = test_eu_csv.HEADER
    row = table(header, Entity_LogicalId="1", NameAlias_WholeName="Ivan", BirthDate_BirthDate="1962-03-12")
    (entry,) = list_of(row).entries
    assert entry.birth_dates == ("1962-03-12",)


def test_the_treasury_writes_zeros_for_what_it_does_not_know(list_of: ListOf) -> None:
    columns = "Name 6,Name 1,DOB,Group Type,Alias Type,Regime,Group ID,Listed On"
    row = table(columns, **{"Name 6": "PRIMEROV", "Name 1": "Ivan", "DOB": "00/00/1962", "Group ID": "7"})
    (entry,) = list_of(row).entries
    assert [str(birth) for birth in births_of(entry.birth_dates)] == ["1962"]


def test_a_person_of_the_graph_has_a_birth_date(list_of: ListOf) -> None:
    person = {**test_ftm_json.FIRM, "schema": "Person"}
    person["properties"] = {"name": ["Ivan"], "birthDate": ["1962", "1962-03-12"]}
    (entry,) = list_of(json.dumps(person)).entries
    assert entry.birth_dates == ("1962", "1962-03-12")
