from datetime import date

import pytest

from screening.errors import WatchlistError

from .conftest import ListOf

NAMESPACE = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML"
ENTITY = """
<entity id="7">
  <generalInfo><identityId>1</identityId><entityType refId="600">Individual</entityType>
    <title>Director</title></generalInfo>
  <sanctionsLists>
    <sanctionsList refId="1" datePublished="2022-03-15">SDN List</sanctionsList>
    <sanctionsList refId="2" datePublished="2014-10-10">Consolidated List</sanctionsList>
  </sanctionsLists>
  <sanctionsPrograms><sanctionsProgram refId="3">SDGT</sanctionsProgram></sanctionsPrograms>
  <names>
    <name id="1"><isPrimary>true</isPrimary><isLowQuality>false</isLowQuality><translations>
      <translation><isPrimary>true</isPrimary><script>Latin</script>
        <formattedFullName>PRIMEROV, Ivan</formattedFullName></translation>
      <translation><isPrimary>false</isPrimary><script>Cyrillic</script>
        <formattedFullName>ПРИМЕРОВ, Иван</formattedFullName></translation></translations></name>
    <name id="2"><isPrimary>false</isPrimary><isLowQuality>true</isLowQuality><translations>
      <translation><formattedLastName>VANYA</formattedLastName></translation></translations></name>
  </names>
  <addresses><address id="1"><country>Turkey</country><translations>
    <translation><isPrimary>true</isPrimary><addressParts>
      <addressPart><type>ADDRESS1</type><value>1 Hill</value></addressPart>
      <addressPart><type>CITY</type><value>Bursa</value></addressPart></addressParts></translation>
    <translation><isPrimary>false</isPrimary><addressParts>
      <addressPart><value>2 Hill</value></addressPart></addressParts></translation>
  </translations></address></addresses>
  <features>
    <feature><type>Nationality Country</type><value>Armenia</value></feature>
    <feature><type>Gender</type><value>Male</value></feature>
    <feature><type>SWIFT/BIC</type><value>ALFARUMM</value></feature>
  </features>
  <identityDocuments><identityDocument><type>Passport</type><documentNumber>P123</documentNumber>
  </identityDocument></identityDocuments>
</entity>"""


def document(entities: str) -> str:
    info = "<publicationInfo><dataAsOf>2026-07-27T00:00:00</dataAsOf></publicationInfo>"
    return f'<sanctionsData xmlns="{NAMESPACE}">{info}<entities>{entities}</entities></sanctionsData>'


def test_an_entity_is_read_with_all_that_the_list_says(list_of: ListOf) -> None:
    (entry,) = list_of(document(ENTITY)).entries
    assert (entry.id, entry.type, entry.name) == ("ofac-sdn:7", "person", "PRIMEROV, Ivan")
    assert (entry.weak_aliases, entry.original_names) == (("VANYA",), ("ПРИМЕРОВ, Иван",))
    assert (entry.addresses, entry.countries) == (("1 Hill, Bursa, Turkey",), ("TR", "AM"))
    assert (entry.identifiers, entry.programmes) == (("ALFARUMM", "P123"), ("SDGT",))
    assert (entry.listed_on, entry.reason) == (date(2014, 10, 10), "Director")


def test_the_list_has_the_date_of_its_content(list_of: ListOf) -> None:
    snapshot = list_of(document(ENTITY))
    assert (snapshot.format, snapshot.name, snapshot.date) == (
        *("ofac-enhanced-xml", "ofac-sdn"),
        date(2026, 7, 27),
    )


def test_a_list_without_sdns_is_one_of_the_others(list_of: ListOf) -> None:
    assert list_of(document(ENTITY.replace(">SDN List<", ">NS-PLC List<"))).watchlists == ("ofac-cons",)


@pytest.mark.parametrize("entities", ["", ENTITY.replace(' id="7"', "")])
def test_a_list_without_entities_or_without_their_numbers_is_refused(list_of: ListOf, entities: str) -> None:
    with pytest.raises(WatchlistError, match="download the list again"):
        list_of(document(entities))
