from datetime import date
from pathlib import Path

import pytest

from screening.errors import WatchlistError
from screening.watchlists.sources import read_list
from screening.watchlists.sources.ofac_xml import SOURCE

from .conftest import ListOf

PERSON = """
  <sdnEntry>
    <uid>7</uid><firstName>Ivan</firstName><lastName>PRIMEROV</lastName><title>Director</title>
    <sdnType>Individual</sdnType><remarks>(Linked To: ALFA)</remarks>
    <programList><program>SDGT</program><program>RUSSIA-EO14024</program></programList>
    <idList>
      <id><uid>1</uid><idType>Passport</idType><idNumber>P123</idNumber><idCountry>Russia</idCountry></id>
      <id><uid>2</uid><idType>Gender</idType><idNumber>Male</idNumber></id>
      <id><uid>3</uid><idType>SWIFT/BIC</idType><idNumber>ALFARUMM</idNumber></id>
    </idList>
    <akaList>
      <aka><uid>4</uid><type>a.k.a.</type><category>strong</category><lastName>PRIMEROFF</lastName></aka>
      <aka><uid>5</uid><type>a.k.a.</type><category>weak</category><lastName>VANYA</lastName></aka>
      <aka><uid>6</uid><type>f.k.a.</type><category>strong</category><lastName>ПРИМЕРОВ</lastName></aka>
    </akaList>
    <addressList>
      <address><uid>8</uid><address1>5 Main St</address1><city>Omsk</city><country>Russia</country></address>
      <address><uid>9</uid><country>Turkey</country></address>
    </addressList>
    <nationalityList><nationality><country>Armenia</country></nationality></nationalityList>
  </sdnEntry>"""
VESSEL = """
  <sdnEntry><uid>{uid}</uid><lastName>EXAMPLE STAR</lastName><sdnType>Vessel</sdnType>
    <programList><program>{programme}</program></programList>
    <vesselInfo><callSign>XY12</callSign><vesselFlag>Panama</vesselFlag></vesselInfo></sdnEntry>"""


def document(*entries: str, count: int | None = None) -> str:
    size = len(entries) if count is None else count
    head = f"<Publish_Date>05/06/2024</Publish_Date><Record_Count>{size}</Record_Count>"
    body = "".join(entries)
    return (
        '<?xml version="1.0" standalone="yes"?>\n<sdnList xmlns="http://tempuri.org/sdnList.xsd">'
        f"<publshInformation>{head}</publshInformation>{body}</sdnList>"
    )


def vessel(uid: int = 1, programme: str = "IRAN") -> str:
    return VESSEL.format(uid=uid, programme=programme)


def test_an_entry_is_read_with_all_that_the_list_says(list_of: ListOf) -> None:
    (entry,) = list_of(document(PERSON)).entries
    assert (entry.id, entry.type, entry.name) == ("ofac-sdn:7", "person", "PRIMEROV, Ivan")
    assert (entry.aliases, entry.weak_aliases) == (("PRIMEROFF",), ("VANYA",))
    assert entry.original_names == ("ПРИМЕРОВ",)
    assert entry.addresses == ("5 Main St, Omsk, Russia", "Turkey")
    assert (entry.countries, entry.identifiers) == (("RU", "TR", "AM"), ("P123", "ALFARUMM"))
    assert entry.programmes == ("SDGT", "RUSSIA-EO14024")
    assert entry.reason == "Director; (Linked To: ALFA)"


def test_a_vessel_has_its_flag_and_call_sign(list_of: ListOf) -> None:
    (entry,) = list_of(document(vessel())).entries
    assert (entry.type, entry.countries, entry.identifiers) == ("vessel", ("PA",), ("XY12",))


def test_the_list_has_the_date_of_its_publication(list_of: ListOf) -> None:
    snapshot = list_of(document(vessel()), "sdn.xml")
    assert (snapshot.format, snapshot.name, snapshot.date) == (SOURCE.format, "ofac-sdn", date(2024, 5, 6))


def test_the_consolidated_list_is_a_watchlist_of_its_own_whatever_its_files_name(list_of: ListOf) -> None:
    assert list_of(document(vessel(programme="NS-PLC")), "list.xml").watchlists == ("ofac-cons",)
    assert list_of(document(vessel()), "consolidated.xml").watchlists == ("ofac-cons",)


def test_a_list_that_has_fewer_entries_than_it_says_is_refused(list_of: ListOf) -> None:
    with pytest.raises(WatchlistError, match="holds 2 entries, and says that it has 17"):
        list_of(document(vessel(1), vessel(2), count=17))


@pytest.mark.parametrize("text", [document(), document(vessel()).replace("<uid>1</uid>", "")])
def test_a_list_without_entries_or_without_their_numbers_is_refused(list_of: ListOf, text: str) -> None:
    with pytest.raises(WatchlistError, match="download the list again"):
        list_of(text)


def test_a_list_cut_short_is_refused(list_of: ListOf) -> None:
    with pytest.raises(WatchlistError, match="no sound XML"):
        list_of(document(PERSON)[:900])


def test_a_list_is_read_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    text = document(vessel().replace("EXAMPLE STAR", "CAÑÓN"))
    path = tmp_path / "sdn.xml"
    path.write_bytes(
        f'<?xml version="1.0" encoding="ISO-8859-1"?>{text.partition("?>")[2]}'.encode("latin-1")
    )
    assert read_list(path).entries[0].name == "CAÑÓN"
