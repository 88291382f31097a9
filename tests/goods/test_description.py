"""A description is held against its code: goods of high priority under codes of other things."""

from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.goods.concepts import concepts
from screening.goods.description import FACTS, description_facts
from screening.goods.nomenclature import codes, known, official_text
from screening.goods.single import NOT_SAID

TOYS, PLASTICS, FITTINGS = "950300", "392690", "853690"


def facts(texts: Sequence[str | None], hs_codes: Sequence[str | None] | None = None) -> pl.DataFrame:
    hs_codes = hs_codes or [None] * len(texts)
    return description_facts(pl.Series(texts, dtype=pl.String), pl.Series(hs_codes, dtype=pl.String))


def mismatch(text: str | None, hs_code: str | None) -> bool | None:
    answer: bool | None = facts([text], [hs_code])["description_mismatch"].item()
    return answer


SAID = [
    ("programmable logic (FPGA)", "Xilinx Kintex-7 FPGA XC7K325T", "field programmable gate arrays", "ПЛИС"),
    ("processors and controllers", "Intel processors", "mikroişlemciler", "MİKRODENETLEYİCİ", "процессорами"),
    ("processors and controllers", "microcontroller STM32", "islemci", "микроконтроллеры"),
    ("memory chips and cards", "DRAM", "memory cards", "bellek modülleri", "модули памяти"),
    ("integrated circuits", "microchips", "mikroçip", "entegre devreler", "микросхемы", "интегральных схем"),
    ("transistors", "MOSFET transistors", "transistörler", "транзисторы"),
    ("diodes", "Zener diodes", "diyotlar", "диоды"),
    ("tantalum capacitors", "tantalum capacitors", "tantal kondansatör", "конденсаторы танталовые"),
    ("ceramic capacitors", "MLCC", "seramik kondansatörler", "керамические конденсаторы"),
    ("capacitors", "capacitors 10 uF", "kondansatör", "конденсаторы"),
    ("printed circuits", "printed circuit boards", "baskılı devre kartı", "печатные платы"),
    ("oscilloscopes", "digital oscilloscope", "osiloskop", "осциллографы"),
    ("signal generators", "signal generators", "sinyal jeneratörü", "генераторы сигналов"),
    ("ball and roller bearings", "ball bearings 6205-2RS", "Rulmanlar", "подшипники", "шарикоподшипники"),
    ("thermal sights", "thermal rifle scope", "termal nişangah", "тепловизионный прицел"),
    ("thermal cameras", "thermal imagers", "termal kamera", "тепловизоры"),
    ("telescopic and weapon sights", "telescopic sights", "tüfek dürbünü", "nişangâh", "оптические прицелы"),
    ("night vision devices", "night vision goggles", "gece görüş cihazı", "прибор ночного видения"),
    ("satellite navigation receivers", "GNSS receivers", "GPS alıcısı", "навигационный приёмник"),
    ("inertial navigation", "inertial measurement unit", "jiroskop", "гироскопы"),
    ("radio and communications equipment", "communications equipment", "telsizler", "радиостанции"),
    ("antennas", "GPS antenna", "antenler", "антенны"),
    ("network switches and routers", "Ethernet switch", "yönlendirici", "маршрутизаторы"),
    ("unmanned aircraft and their parts", "UAV parts", "insansız hava aracı parçaları", "части для БПЛА"),
    (
        "unmanned aircraft and their parts",
        "parts for UAV",
        "insansiz hava araclari icin parca",
        "беспилотного",
    ),
    ("drones and their parts", "drone spare parts", "dron parçaları", "запчасти для дронов"),
    ("numerically controlled lathes", "CNC lathe", "CNC torna tezgahı", "токарный станок с ЧПУ"),
    ("machining centres", "CNC machining centre", "dik işleme merkezi", "обрабатывающий центр"),
    (
        "semiconductor manufacturing machines",
        "wafer prober",
        "yarı iletken üretim ekipmanı",
        "фотолитография",
    ),
    ("servers and computing units", "rack server", "sunucular", "серверы"),
]


@pytest.mark.parametrize(("label", "text"), [(label, text) for label, *texts in SAID for text in texts])
def test_goods_are_recognised_in_three_languages(label: str, text: str) -> None:
    assert facts([text])["described_as"].item() == label


QUIET = {
    "other meanings": [
        ("Kitchen food processors 1200W", "850980"),
        ("Memory foam mattress", "940421"),
        ("Processed food", "210690"),
        ("Pine bearing furniture", "940350"),
        ("Thermal underwear", "610711"),
        ("Thermal paper", "481190"),
        ("Thermal insulation", "680610"),
        ("Sights of the city, guide book", "490199"),
        ("Chocolate chips", "180690"),
        ("Potato chips", "200520"),
        ("Wood chips", "440121"),
        ("Casino chips", "950490"),
        ("Wafer biscuits", "190532"),
        ("Wood router", "846711"),
        ("Bellek köpüğü yatak", "940429"),
        ("Светодиоды", "853952"),
        ("Прицеп автомобильный", "871639"),
        ("Сувенир на память", "970110"),
        ("Конденсатор для холодильника", "841899"),
    ],
    "another thing, named with the goods": [
        ("Memory card holder", "420231"),
        ("Bearing housings", "848330"),
        ("Bearing grease", "340319"),
        ("Rulman gresi", "340319"),
        ("Rulman için gres", "340319"),
        ("Смазка для подшипников", "340319"),
        ("Grease for bearings", "340319"),
        ("Antenna cable", "854420"),
        ("Антенный кабель", "854420"),
        ("Кабель антенный", "854420"),
        ("Processor cooler", "841459"),
        ("Server rack", "940320"),
        ("Drone bag", "420292"),
        ("Books about microprocessors", "490199"),
    ],
    "a thing with the goods in it": [
        ("Laptop with Intel processor", "847130"),
        ("Laptop computer Intel Core i7 processor 16GB memory", "847130"),
        ("Smartphone, Snapdragon processor, 128GB memory", "851713"),
        ("TV with quad core processor", "852872"),
        ("işlemcili dizüstü bilgisayar", "847130"),
        ("Ноутбук, процессор Intel, память 8 ГБ", "847130"),
        ("Washing machine with bearing", "845020"),
        ("Passenger car, GPS navigation", "870323"),
        ("Smart card with microchip", "852352"),
        ("Skates with ball bearings", "950670"),
    ],
    "toys that are toys": [
        ("Drone toys", "950300"),
        ("Toy drone with camera", "880621"),
        ("oyuncak dürbün", "950300"),
        ("Квадрокоптер игрушечный", "950300"),
        ("Radio controlled toy car", "950300"),
    ],
}


@pytest.mark.parametrize(("text", "hs_code"), [case for cases in QUIET.values() for case in cases])
def test_honest_descriptions_stay_quiet(text: str, hs_code: str) -> None:
    assert mismatch(text, hs_code) is False


@pytest.mark.parametrize(
    ("text", "hs_code"),
    [
        ("Toys with FPGA", TOYS),
        ("Plastic toys, FPGA", TOYS),
        ("Processors", FITTINGS),
        ("Electronic components: processors", FITTINGS),
        ("Spare parts: ball bearings", "732690"),
        ("İŞLEMCİ", TOYS),
        ("rulman", "731815"),
        ("Telescopic sights", PLASTICS),
        ("микросхемы памяти", PLASTICS),
        ("Тепловизор", "940540"),
        ("Parts for UAV", "847990"),
        ("insansız hava aracı parçaları", PLASTICS),
        ("transistors and diodes", "8536900000"),
    ],
)
def test_goods_under_the_code_of_another_thing_mismatch(text: str, hs_code: str) -> None:
    assert mismatch(text, hs_code) is True


def test_no_code_is_at_odds_with_its_official_text() -> None:
    texts = [official_text(code) for code in codes()]
    judged = facts(texts, codes()).with_columns(code=pl.Series(codes()))
    assert judged.filter("description_mismatch")["code"].to_list() == []


def test_no_code_is_at_odds_with_the_text_of_its_heading() -> None:
    texts = [official_text(code[:4]) for code in codes()]
    judged = facts(texts, codes()).with_columns(code=pl.Series(codes()))
    assert judged.filter("description_mismatch")["code"].to_list() == []


@pytest.mark.parametrize(("text", "hs_code"), [(None, TOYS), ("FPGA", None), (None, None)])
def test_a_blank_description_or_code_leaves_the_mismatch_unknown(
    text: str | None, hs_code: str | None
) -> None:
    assert mismatch(text, hs_code) is None


def test_a_blank_description_says_nothing_known() -> None:
    assert set(facts([None], [TOYS]).row(0)) == {None}


def test_a_description_of_other_goods_points_nowhere() -> None:
    told = facts(["Cotton shirts"], ["610510"])
    assert told["described_as"].item() == NOT_SAID and told["described_hs6"].item() == ""
    assert told.select("description_vague", "description_mismatch").row(0) == (False, False)


def test_a_description_points_at_the_codes_of_its_goods() -> None:
    assert facts(["Ceramic capacitors"])["described_hs6"].item() == "853224"


def test_a_thing_with_goods_in_it_points_at_no_code() -> None:
    told = facts(["Toys with FPGA"])
    assert told["described_as"].item() == "goods with programmable logic (FPGA)"
    assert told["described_hs6"].item() == ""


def test_a_mixed_load_is_at_home_with_any_of_its_goods() -> None:
    assert mismatch("transistors and capacitors", "853224") is False


def test_every_code_of_a_kind_exists_and_is_at_home_in_it() -> None:
    for kind in concepts():
        for code in kind.points_at.split():
            assert known(code) and kind.belongs(code, part=False), (kind.name, code)


@given(st.lists(st.tuples(st.sampled_from(["FPGA", "toys", None]), st.sampled_from([TOYS, "854239", None]))))
def test_each_row_is_judged_by_itself(rows: list[tuple[str | None, str | None]]) -> None:
    whole = facts([text for text, _ in rows], [code for _, code in rows])
    assert whole.columns == list(FACTS)
    assert whole["description_mismatch"].to_list() == [mismatch(text, code) for text, code in rows]
