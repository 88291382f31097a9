"""A forwarder and a bank are told by their names, in three languages and two scripts."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.names.trades import is_bank, is_forwarder, is_military, is_person


def forwarder(name: str) -> bool:
    return bool(is_forwarder(pl.Series([name])).item())


def bank(name: str) -> bool:
    return bool(is_bank(pl.Series([name])).item())


@pytest.mark.parametrize(
    "name",
    ["Silk Road Freight Forwarding LLC", "Globus Cargo FZE", "Prima Logistics OOO", "Karagandalogistics TOO"]
    + [
        "Caspian Shipping Agency",
        "Swift Express Cargo",
        "Orient Customs Brokerage",
        "DHL Express",
        "MM Cargo OY",
    ]
    + ["EKOL LOJİSTİK A.Ş.", "Yıldız Uluslararası Nakliyat Ltd. Şti.", "ARAS KARGO", "Doğu Taşımacılığı A.Ş."]
    + ["Öz Gümrük Müşavirliği Ltd", "Turang Transit Tasimacilik", "ООО Север Логистика", "ТОО Казлогистик"]
    + [
        "ООО «Транспортная компания Восток»",
        "Экспедирование грузов",
        "ИП Карго Сервис",
        "Грузоперевозки Урал",
    ]
    + ["ООО «Таможенный брокер»", "OOO Sever Logistika", "Transportno-Ekspeditsionnaya Kompaniya Vostok"]
    + ["Iveria Trans LLC", "ТОО Сигма Транс", "Vectura Trans d.o.o."]
    + ["ZAO Gruzoperevozki", "Gulf Gate Spedition GmbH", "Guangzhou Xinwei Transportation Co., Ltd."],
)
def test_a_forwarder_is_told_by_its_name(name: str) -> None:
    assert forwarder(name)


@pytest.mark.parametrize(
    "name",
    ["Trans Pacific Electronics Ltd", "Trans Asia Holding", "Transmash"]
    + ["Cargo Pants Store", "Ministry of Transportation", "Express Electronics", "Transport Machinery Plant"]
    + ["Forward Electronics, LLC", "Payment Terminal Systems", "Army Logistics Command", "Earth Movers Ltd"]
    + [
        "Institute of Logistics",
        "Pegasus Hava Taşımacılığı A.Ş.",
        "Good Luck Shipping LLC",
        "Urban Bicycle Ltd",
    ]
    + ["Полярная экспедиция", "ООО «Экспресс Электроника»", "ООО «Транспортное машиностроение»"],
)
def test_other_trades_are_no_forwarders(name: str) -> None:
    assert not forwarder(name)


@pytest.mark.parametrize(
    "name",
    [
        "Bank of Kunlun Co Ltd",
        "PJSC Sberbank",
        "Halkbank",
        "Türkiye İş Bankası A.Ş.",
        "Ziraat Bankası",
        "ВТБ Банк",
    ]
    + [
        "ПАО «Промсвязьбанк»",
        "АО Альфа-Банк",
        "Banque Misr",
        "Banco Nacional de Cuba",
        "T-Bank",
        "Sparkasse Ulm",
    ],
)
def test_a_bank_is_told_by_its_name(name: str) -> None:
    assert bank(name)


@pytest.mark.parametrize(
    "name",
    ["Power Bank Factory Ltd", "National Blood Bank", "West Bank Trading", "Bankruptcy Technology Center"]
    + ["Burbank Tools Inc", "Global Food Bank", "ООО «Банкомат Сервис»", "Kan Bankası", "Urban Kitchen"],
)
def test_other_names_are_no_banks(name: str) -> None:
    assert not bank(name)


def test_an_unknown_name_leaves_the_trade_unknown() -> None:
    names = pl.Series("consignee_name", ["Prima Cargo", None, "Alfa Bank", "Prima Cargo"])
    assert is_forwarder(names).to_list() == [True, None, False, True]
    assert is_bank(names).to_list() == [False, None, True, False]


def test_a_column_of_blanks_stays_unknown() -> None:
    assert is_forwarder(pl.Series([None, None], dtype=pl.String)).to_list() == [None, None]


@pytest.mark.parametrize(
    "name",
    ["Ministry of Defence of the Russian Federation", "Министерство обороны РФ", "Войсковая часть 12345"]
    + ["в/ч 45678", "Voennaya Chast 3210", "Tula Arms Plant", "Kazan Gunpowder and Ammunition Plant"]
    + ["Milli Savunma Bakanlığı", "Jandarma Genel Komutanlığı", "АО Оборонпром"],
)
def test_soldiers_and_arms_plants_are_told_by_their_names(name: str) -> None:
    assert is_military(pl.Series([name])).item()


@pytest.mark.parametrize(
    "name",
    ["Salvation Army", "Old Navy Stores", "Military History Museum", "Армия спасения", "Baykar Makina"]
    + ["Askeri Müze", "ООО Военторг", "Arms Length Trading"],
)
def test_other_names_are_no_soldiers(name: str) -> None:
    assert not is_military(pl.Series([name])).item()


@pytest.mark.parametrize(
    "name",
    ["Иванов Иван Иванович", "Ivanov Ivan Ivanovich", "Rustam Aliyev Vagif oglu", "ИП Иванов И.И."]
    + ["Mr John Smith", "Айгуль Асанова Бакыт кызы"],
)
def test_a_person_is_told_by_title_patronymic_or_sole_traders_form(name: str) -> None:
    assert is_person(pl.Series([name])).item()


@pytest.mark.parametrize(
    "name", ["Ivanovich LLC", "Hacıoğlu Gıda", "Dr. Reddy's Laboratories", "Mustafa Demir", "ООО Петрович"]
)
def test_other_names_are_no_persons(name: str) -> None:
    assert not is_person(pl.Series([name])).item()


PARTS = [
    "Iveria",
    "Trans",
    "транс",
    "TRANS",
    "Bank",
    "Ivanov",
    "Ivan",
    "Petrovich",
    "oglu",
    "оглы",
    "Петрович",
]
NAMES = st.lists(
    st.sampled_from([*PARTS, "Mr", "LLC", "ООО", "ИП", "№ 1", ",", "½"]), min_size=1, max_size=4
).map(" ".join)


@given(st.lists(NAMES, min_size=1, max_size=8))
def test_few_names_say_what_they_say_among_many(names: list[str]) -> None:
    many = [*names, *(f"Elm {number}" for number in range(20))]
    for told in (is_forwarder, is_bank, is_military, is_person):
        assert told(pl.Series(names)).to_list() == told(pl.Series(many)).to_list()[: len(names)]
