from datetime import date

import pytest

from screening.errors import WatchlistError
from screening.watchlists.entry import PartyEntry

from .conftest import ListOf

HEADER = (
    "celex,recordId,programKey,annex,measure,startDate,reason,schema,name,alias,weakAlias,previousName,"
    "country,nationality,birthDate,passportNumber,registrationNumber,taxNumber,innCode,leiCode,swiftBic,"
    "imoNumber,address"
)
ROW = (
    "32014R0833,7,EU-UKR,IV,Export control,25.2.2022,Makes boxes,Company,Example Boxes,"
    "Exbox; Примербокс,The Box; Boxy,Old Boxes,Russia,,,,1027700132195 (Russia),,7707083893,,ALFARUMM,,"
    '"1 Lenin St, Omsk, Russian Federation; 2 Hill, Minsk, Belarus"'
)
PERSON = (
    '32014R0269,8,EU-UKR,I,Asset freeze,21 Oct. 2013,,Person,Jane EXEMPLAR,,,,,Belarusian,1.1.1970,"MP12, '
    'issued on 1.2.2021",,,,,,,'
)


def read(list_of: ListOf, *rows: str) -> tuple[PartyEntry, ...]:
    return tuple(list_of("\n".join([HEADER, *rows])).entries)


def test_a_firm_is_read_with_all_that_the_annex_says(list_of: ListOf) -> None:
    (entry,) = read(list_of, ROW)
    assert (entry.type, entry.name, entry.aliases) == (
        "organisation",
        "Example Boxes",
        ("Exbox", "Old Boxes"),
    )
    assert (entry.weak_aliases, entry.original_names) == (("The Box", "Boxy"), ("Примербокс",))
    assert entry.addresses == ("1 Lenin St, Omsk, Russian Federation", "2 Hill, Minsk, Belarus")
    assert entry.countries == ("RU", "BY")
    assert entry.identifiers == ("1027700132195", "INN 7707083893", "ALFARUMM")
    assert (entry.programmes, entry.listed_on) == (("EU-UKR", "Export control"), date(2022, 2, 25))


def test_a_number_is_kept_without_what_is_said_about_it(list_of: ListOf) -> None:
    (entry,) = read(list_of, PERSON)
    assert (entry.type, entry.identifiers) == ("person", ("MP12",))
    assert entry.listed_on == date(2013, 10, 21)


def test_an_entry_keeps_its_id_when_the_annex_is_numbered_anew(list_of: ListOf) -> None:
    before = read(list_of, ROW, PERSON)
    after = read(list_of, PERSON.replace(",8,", ",1,", 1), ROW.replace(",7,", ",2,", 1))
    assert [entry.id for entry in after] == [entry.id for entry in before][::-1]
    assert before[0].id.startswith("eu-journal:32014R0833-")


def test_a_record_without_a_name_is_refused(list_of: ListOf) -> None:
    with pytest.raises(WatchlistError, match="line 2, name: is blank"):
        read(list_of, ROW.replace("Example Boxes", ""))
