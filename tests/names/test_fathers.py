"""Father and son bear the same words."""

import pytest

from screening.names import explain
from screening.names.compare import REVIEW


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("Tariq bin Saleh al-Amri", "SALEH BIN TARIQ AL-AMRI"),
        ("Khalid Ould Yusuf", "Yusuf Ould Khalid"),
        ("Khalid ibn Yusuf", "Yusuf Ben Khalid"),
        ("Yusuf bin Omar bin Tariq", "Khalid bin Yusuf bin Omar bin Tariq"),
    ],
)
def test_a_father_is_not_his_son(query: str, listed: str) -> None:
    for found in (explain(query, listed), explain(listed, query)):
        assert found.score < REVIEW and found.ceiling == "father and son change places"


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("Tariq ibn Saleh al-Amri", "AL-AMRI, Tariq bin Saleh"),
        ("BEN YUSUF, Khalid", "Khalid Ben Yusuf"),
        ("Khalid bin Yusuf bin Omar", "KHALID BIN YUSUF BIN OMAR AL-AMRI"),
        ("Li Bin Wang", "Wang Li Bin"),
    ],
)
def test_a_name_in_another_order_keeps_its_father(query: str, listed: str) -> None:
    assert explain(query, listed).score >= REVIEW
