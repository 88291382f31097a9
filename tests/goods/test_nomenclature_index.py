"""The index of the nomenclature, made and found again."""

from pathlib import Path

import numpy as np
import pytest

from screening.goods.nomenclature_index import nomenclature_index
from screening.shelf import shelf_folder


def test_an_index_that_is_found_again_is_the_one_that_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))
    made = nomenclature_index.__wrapped__()
    assert len(list(shelf_folder().iterdir())) == 1
    found = nomenclature_index.__wrapped__()
    assert (made.codes, made.vocabulary, made.unknown) == (found.codes, found.vocabulary, found.unknown)
    assert np.array_equal(made.weights, found.weights)
    assert (made.columns != found.columns).nnz == 0
