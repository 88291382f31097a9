from datetime import date

import pytest

from screening.errors import WatchlistError

from .conftest import ListOf

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2024-03-01T11:43:32+01:00">
  <sanctionEntity designationDetails="UN ref" unitedNationId="" euReferenceNumber="EU.999.1" logicalId="9">
    <remark>Makes boxes</remark>
    <regulation regulationType="amendment" publicationDate="2022-03-15" programme="UKR" numberTitle="2022/1">
      <publicationUrl>https://example.org/oj</publicationUrl></regulation>
    <subjectType code="enterprise" classificationCode="E"/>
    <nameAlias firstName="" middleName="" lastName="" wholeName="Boxa" strong="false" nameLanguage="EN"/>
    <nameAlias firstName="" middleName="" lastName="" wholeName="Example Boxes JSC" strong="true"/>
    <nameAlias firstName="" middleName="" lastName="" wholeName="АО Примербокс" strong="true"/>
    <address city="Omsk" street="1 Lenin St" poBox="" zipCode="644000" region="" place=""
      countryIso2Code="RU" countryDescription="RUSSIAN FEDERATION"/>
    <address city="" street="" poBox="" zipCode="" countryIso2Code="00" countryDescription="UNKNOWN"/>
    <identification identificationTypeCode="regnumber" number="1027700132195" latinNumber=""/>
  </sanctionEntity>
  <sanctionEntity designationDate="2020-02-02" euReferenceNumber="" logicalId="10">
    <subjectType code="person" classificationCode="P"/>
    <nameAlias firstName="Jane" middleName="Q." lastName="Exemplar" wholeName="" strong="true"/>
    <citizenship countryIso2Code="BY" countryDescription="BELARUS"/>
  </sanctionEntity>
</export>
"""


def test_an_organisation_is_read_with_all_that_the_list_says(list_of: ListOf) -> None:
    entry = list_of(LIST).entries[0]
    assert (entry.id, entry.type, entry.name) == ("eu:EU.999.1", "organisation", "Example Boxes JSC")
    assert (entry.weak_aliases, entry.original_names) == (("Boxa",), ("АО Примербокс",))
    assert entry.addresses == ("1 Lenin St, 644000, Omsk, RUSSIAN FEDERATION",)
    assert (entry.countries, entry.identifiers) == (("RU",), ("1027700132195",))
    assert (entry.programmes, entry.listed_on) == (("UKR",), date(2022, 3, 15))
    assert (entry.source_url, entry.reason) == ("https://example.org/oj", "UN ref; Makes boxes")


def test_a_person_without_a_whole_name_is_named_by_its_parts(list_of: ListOf) -> None:
    entry = list_of(LIST).entries[1]
    assert (entry.id, entry.type, entry.name) == ("eu:10", "person", "Jane Q. Exemplar")
    assert (entry.countries, entry.listed_on) == (("BY",), date(2020, 2, 2))


def test_the_list_has_the_date_of_its_generation(list_of: ListOf) -> None:
    snapshot = list_of(LIST)
    assert (snapshot.format, snapshot.name, snapshot.date) == ("eu-xml", "eu", date(2024, 3, 1))


def test_an_export_of_something_else_is_no_list(list_of: ListOf) -> None:
    with pytest.raises(WatchlistError, match="root 'export', which is no list"):
        list_of("<export><row/></export>")
    with pytest.raises(WatchlistError, match="holds no sanctionEntity"):
        list_of('<export xmlns="http://eu.europa.ec/fpi/fsd/export"/>')
