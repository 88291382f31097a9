"""Names that look alike and are not: what the score makes of them."""

import pytest

from screening.names import NameIndex
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
