from datetime import date

import pytest

from screening.errors import WatchlistError

from .conftest import ListOf

HEADER = (
    "fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_UnitedNationId;"
    "Entity_DesignationDate;Entity_DesignationDetails;Entity_Remark;Entity_SubjectType;"
    "Entity_SubjectType_ClassificationCode;Entity_Regulation_PublicationDate;Entity_Regulation_Programme;"
    "Entity_Regulation_PublicationUrl;NameAlias_LastName;NameAlias_FirstName;NameAlias_MiddleName;"
    "NameAlias_WholeName;Address_City;Address_Street;Address_PoBox;Address_ZipCode;"
    "Address_CountryIso2Code;Address_CountryDescription;BirthDate_BirthDate;Identification_Number;"
    "Identification_LatinNumber;Citizenship_CountryIso2Code;Citizenship_CountryDescription"
)
BOXES = "01/03/2024;9;EU.999.1;;;Box maker;;E;enterprise;2022-03-15;UKR;https://example.org/oj;"
PERSON = "01/03/2024;10;;;2020-02-02;;;P;person;2022-03-15;BLR;;"
ROWS = (
    BOXES + ";;;Example Boxes JSC;;;;;;;;;;;",
    BOXES + ";;;АО Примербокс;;;;;;;;;;;",
    BOXES + ";;;;Omsk;1 Lenin St;;644000;RU;RUSSIAN FEDERATION;;;;;",
    BOXES + ";;;;;;;;00;UNKNOWN;;;;;",
    BOXES + ";;;;;;;;;;;1027700132195;;;",
    PERSON + "Exemplar;Jane;Q.;;;;;;;;;;;;",
    PERSON + ";;;;;;;;;;;;;BY;BELARUS",
)


def test_the_rows_of_an_entity_are_one_entry(list_of: ListOf) -> None:
    entry = list_of("\n".join([HEADER, *ROWS])).entries[0]
    assert (entry.id, entry.type, entry.name) == ("eu:EU.999.1", "organisation", "Example Boxes JSC")
    assert (entry.original_names, entry.identifiers) == (("АО Примербокс",), ("1027700132195",))
    assert entry.addresses == ("1 Lenin St, 644000, Omsk, RUSSIAN FEDERATION",)
    assert (entry.programmes, entry.listed_on) == (("UKR",), date(2022, 3, 15))


def test_a_person_without_a_whole_name_is_named_by_its_parts(list_of: ListOf) -> None:
    entry = list_of("\n".join([HEADER, *ROWS])).entries[1]
    assert (entry.id, entry.type, entry.name) == ("eu:10", "person", "Jane Q. Exemplar")
    assert (entry.countries, entry.listed_on) == (("BY",), date(2020, 2, 2))


def test_the_list_has_the_date_of_its_generation(list_of: ListOf) -> None:
    snapshot = list_of("\ufeff" + "\r\n".join([HEADER, *ROWS]))
    assert (snapshot.format, snapshot.name, snapshot.date) == ("eu-csv", "eu", date(2024, 3, 1))


def test_a_list_cut_short_or_without_entries_is_refused(list_of: ListOf) -> None:
    with pytest.raises(WatchlistError, match=r"line 8: .* cells under 27 columns"):
        list_of("\n".join([HEADER, *ROWS])[:-30])
    with pytest.raises(WatchlistError, match="a header and no entry"):
        list_of(HEADER)


OLD_BOXES = "09/11/2025;9;E;1/2022;2022-03-15;https://example.org/oj;UKR"
OLDER = (
    "Date_file;Entity_logical_id;Subject_type;Leba_numtitle;Leba_publication_date;Leba_url;Programme;Naal_logical_id;"
    "Naal_lastname;Naal_firstname;Naal_middlename;Naal_wholename;Entity_logical_id;Addr_logical_id;Addr_number;"
    "Addr_street;Addr_zipcode;Addr_city;Addr_country;Addr_other;Entity_logical_id;Birt_date;Entity_logical_id;"
    "Iden_number;Iden_country;Entity_logical_id;Citi_country;EU_ref_num",
    OLD_BOXES + ";1;;;;Example Boxes JSC;;;;;;;;;;;;;;;;EU.999.1",
    OLD_BOXES + ";;;;;;9;2;1;Lenin St;644000;Omsk;RUS;;;;;;;;;EU.999.1",
    OLD_BOXES + ";;;;;;;;;;;;;;;;9;1027700132195;RUS;;;EU.999.1",
)


def test_the_older_layout_repeats_its_number_and_is_read(list_of: ListOf) -> None:
    snapshot = list_of("\n".join(OLDER))
    (entry,) = snapshot.entries
    assert (snapshot.format, snapshot.date) == ("eu-csv", date(2025, 11, 9))
    assert (entry.id, entry.name, entry.type) == ("eu:EU.999.1", "Example Boxes JSC", "organisation")
    assert (entry.countries, entry.identifiers) == (("RU",), ("1027700132195",))
    assert entry.addresses == ("Lenin St, 1, 644000, Omsk, RUS",)
