from screening.watchlists.sources.gathering import Gathering


def test_a_name_in_another_script_is_kept_as_one() -> None:
    party = Gathering("1")
    for name in ("ООО «Северный ручей»", "Severny Ruchey, OOO", "3-27"):
        party.called(name)
    entry = party.entry("mine", "", "")
    assert (entry.name, entry.aliases) == ("Severny Ruchey, OOO", ("3-27",))
    assert entry.original_names == ("ООО «Северный ручей»",)


def test_no_name_is_kept_twice_and_blanks_are_not_kept() -> None:
    party = Gathering("1", name="Alfa")
    for name in ("Beta", " Beta ", "Be\n ta", "-0-", "", "Alfa"):
        party.called(name)
    entry = party.entry("mine", "", "")
    assert entry.names == ("Alfa", "Beta", "Be ta")


def test_a_second_primary_name_is_an_alias() -> None:
    party = Gathering("1")
    party.called("Alfa", primary=True)
    party.called("Alpha", primary=True)
    assert party.entry("mine", "", "").aliases == ("Alpha",)


def test_a_weak_alias_is_the_name_only_where_there_is_no_other() -> None:
    party = Gathering("1")
    party.called("The Smith", weak=True)
    assert party.entry("mine", "", "").names == ("The Smith",)


def test_an_address_may_be_its_country_alone_and_a_country_that_is_none_says_nothing() -> None:
    party = Gathering("1")
    party.at(["5 Main Street", None, " "], "Turkey")
    party.at([], "Narnia")
    party.at(["-0-"], "-0-")
    entry = party.entry("mine", "", "")
    assert (entry.addresses, entry.countries) == (("5 Main Street, Turkey", "Narnia"), ("TR",))


def test_an_address_that_stands_twice_is_two_unless_rows_repeat_it() -> None:
    party = Gathering("1")
    for once in (False, False, True):
        party.at(["1 Hill"], "Uganda", once)
    assert party.entry("mine", "", "").addresses == ("1 Hill, Uganda", "1 Hill, Uganda")


def test_a_party_without_a_name_is_still_an_entry() -> None:
    entry = Gathering("1").entry("mine", "", "")
    assert (entry.id, entry.name, entry.names) == ("mine:1", "", ())
