from datetime import date

import pytest

from screening.errors import WatchlistError

from .conftest import ListOf

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">
<INDIVIDUALS>
  <INDIVIDUAL>
    <DATAID>111</DATAID><FIRST_NAME>PETER</FIRST_NAME><SECOND_NAME>EXAMPLE</SECOND_NAME>
    <UN_LIST_TYPE>DRC</UN_LIST_TYPE><REFERENCE_NUMBER>CDi.999</REFERENCE_NUMBER>
    <LISTED_ON>2012-12-31</LISTED_ON><COMMENTS1>Runs a yard.</COMMENTS1>
    <NAME_ORIGINAL_SCRIPT>بيتر</NAME_ORIGINAL_SCRIPT>
    <DESIGNATION><VALUE>General</VALUE></DESIGNATION>
    <NATIONALITY><VALUE>Rwanda</VALUE></NATIONALITY>
    <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>PIETER EXAMPLE</ALIAS_NAME></INDIVIDUAL_ALIAS>
    <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>THE BOSS</ALIAS_NAME></INDIVIDUAL_ALIAS>
    <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
    <INDIVIDUAL_ADDRESS><STREET>1 Hill</STREET><CITY>Goma</CITY><COUNTRY>Uganda</COUNTRY>
      <NOTE>as of 2016</NOTE></INDIVIDUAL_ADDRESS>
    <INDIVIDUAL_ADDRESS><COUNTRY/></INDIVIDUAL_ADDRESS>
    <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>AB1</NUMBER></INDIVIDUAL_DOCUMENT>
    <INDIVIDUAL_DOCUMENT/>
  </INDIVIDUAL>
</INDIVIDUALS>
<ENTITIES>
  <ENTITY>
    <DATAID>222</DATAID><FIRST_NAME>EXAMPLE AIRLINES</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE>
    <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>EXAMPLE AIR</ALIAS_NAME></ENTITY_ALIAS>
  </ENTITY>
</ENTITIES>
</CONSOLIDATED_LIST>
"""


def test_a_person_is_read_with_all_that_the_list_says(list_of: ListOf) -> None:
    entry = list_of(LIST).entries[0]
    assert (entry.id, entry.type, entry.name) == ("un:CDi.999", "person", "PETER EXAMPLE")
    assert (entry.aliases, entry.weak_aliases) == (("PIETER EXAMPLE",), ("THE BOSS",))
    assert (entry.original_names, entry.identifiers) == (("بيتر",), ("AB1",))
    assert (entry.addresses, entry.countries) == (("1 Hill, Goma, Uganda",), ("UG", "RW"))
    assert (entry.programmes, entry.listed_on) == (("DRC",), date(2012, 12, 31))
    assert entry.reason == "General; Runs a yard."


def test_an_organisation_without_a_reference_goes_by_its_data_number(list_of: ListOf) -> None:
    entry = list_of(LIST).entries[1]
    assert (entry.id, entry.type, entry.aliases) == ("un:222", "organisation", ("EXAMPLE AIR",))


def test_the_list_has_the_date_of_its_generation(list_of: ListOf) -> None:
    snapshot = list_of(LIST)
    assert (snapshot.format, snapshot.name, snapshot.date) == ("un-xml", "un", date(2026, 2, 27))


def test_an_empty_list_and_an_entry_without_a_number_are_refused(list_of: ListOf) -> None:
    with pytest.raises(WatchlistError, match="holds no entry"):
        list_of("<CONSOLIDATED_LIST/>")
    with pytest.raises(WatchlistError, match="line 22: an entry has no REFERENCE_NUMBER"):
        list_of(LIST.replace("<DATAID>222</DATAID>", ""))


def test_two_parties_that_the_list_gives_one_number_are_both_kept(list_of: ListOf) -> None:
    snapshot = list_of(LIST.replace("<DATAID>222</DATAID>", "<REFERENCE_NUMBER>CDi.999</REFERENCE_NUMBER>"))
    assert [entry.id for entry in snapshot.entries] == ["un:CDi.999", "un:CDi.999-2"]
