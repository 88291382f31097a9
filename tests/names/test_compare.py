"""Names that look alike and are not: what the score makes of them."""

import pytest

from screening.names import NameIndex, explain
from screening.names.compare import REVIEW


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("Ege Lines", "EVIE LINES INC."),
        ("Gross Telecom JSC", "PUBLIC JOINT STOCK COMPANY ROSTELECOM"),
        ("OOO Ege Components", "Elecomponents"),
        ("Dala Electronics MMC", "DPSA Electronics Co., Ltd"),
    ],
)
def test_a_short_own_word_beside_a_common_one_must_be_the_same(query: str, listed: str) -> None:
    index = NameIndex.build([listed, "Ocean Lines", "Kazakh Telecom", "Alfa Electronics"])
    assert index.match([query], limit=1, min_score=REVIEW).is_empty()


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("A17 LLC", "Address 17"),
        ("M and S Trading HK", "MOBARAK TRADING HK LIMITED"),
        ("ALTERNATIVA SHIPMANAGEMENT PTE", "S E A SHIP MANAGEMENT LLC"),
        ("AL-WAFA, Anis", "AL-WAFA, Ali"),
    ],
)
def test_an_initial_and_what_many_bear_are_no_name(query: str, listed: str) -> None:
    index = NameIndex.build([listed, "Ocean Lines", "Ali, Ahmed", "Ali, Hassan", "Al-Ali, Omar"])
    assert index.match([query], limit=1, min_score=REVIEW).is_empty()


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("ABC Company", "A.B.C. Company"),
        ("JP Morgan", "J.P. Morgan & Co."),
        ("1st International Bank", "First International Bank"),
        ("Repair Plant Five", "Repair Plant No. 5"),
        ("R0soboronexp0rt", "Rosoboronexport"),
        ("Dr. Ivan Petrov", "PETROV, Ivan"),
        ("Vladimir Pulin", "Vladimir Putin"),
    ],
)
def test_another_way_to_write_a_name_is_the_name(query: str, listed: str) -> None:
    assert explain(query, listed).score >= REVIEW


@pytest.mark.parametrize(
    ("like", "other", "listed"),
    [
        ("Igor Sechev", "Igor Petrov", "Igor Sechin"),
        ("Sukamto", "Wijaya", "Sukarno"),
        ("McKenton Corporation", "Steelhead Corporation", "McKesson Corporation"),
    ],
)
def test_a_word_half_alike_is_nearer_than_another_and_no_alert(like: str, other: str, listed: str) -> None:
    assert explain(other, listed).score < explain(like, listed).score < REVIEW
