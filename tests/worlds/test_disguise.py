"""A disguised name is another text and still the same firm to the eye."""

import numpy as np
import pytest
from rapidfuzz.distance import OSA

from tests.worlds.disguise import disguised, reworded
from tests.worlds.listed import listed_firms

NAMES = [n for firm in listed_firms() for n in firm.names if max(map(len, n.split())) >= 8]


@pytest.mark.parametrize("name", NAMES[:40])
def test_one_letter_or_sound_is_changed(name: str) -> None:
    assert 1 <= OSA.distance(name, disguised(np.random.default_rng(1), name, "fair")) <= 2


def test_a_legal_form_is_left_out() -> None:
    names = {disguised(np.random.default_rng(n), "Novelco Trading LLC", "strong") for n in range(20)}
    assert names == {"Novelco Trading", "NOVELCO TRADING LLC."}


def test_an_address_keeps_its_numbers() -> None:
    for seed in range(20):
        assert "303" in reworded(np.random.default_rng(seed), "Chyngyza Atymatova Str., 303, Bishkek")
