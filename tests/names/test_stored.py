from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pytest

from screening.names import NameIndex
from screening.names.stored import arrays_of, index_of

NAMES = ["Titan Mikro LLC", "ООО Титан-Микро", "Kondor Avia", "Gebrüder Weiß", "", "Plant No. 5"]
ASKED = ["Titan Micro", "Kondor", "Plant No. 6", "nobody"]


def equal(one: Any, other: Any) -> bool:
    if is_dataclass(one):
        return all(equal(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and bool((one == other).all())
    return bool(one == other)


@pytest.mark.parametrize("names", [NAMES, []], ids=["names", "none"])
def test_an_index_comes_back_whole(names: list[str]) -> None:
    index = NameIndex.build(names)
    assert equal(index, index_of(arrays_of(index)))


def test_an_index_that_came_back_answers_alike() -> None:
    index = NameIndex.build(NAMES)
    assert index_of(arrays_of(index)).match(ASKED).equals(index.match(ASKED))


def test_asking_writes_nothing_into_the_index() -> None:
    arrays = arrays_of(NameIndex.build(NAMES))
    for array in arrays.values():
        array.flags.writeable = False
    assert index_of(arrays).match(ASKED)["query"].n_unique() >= 3


def test_an_array_that_is_missing_is_told() -> None:
    arrays = arrays_of(NameIndex.build(NAMES))
    del arrays["grams.starts"]
    with pytest.raises(KeyError, match=r"grams\.starts"):
        index_of(arrays)


def test_a_field_that_can_not_be_stored_is_named() -> None:
    with pytest.raises(TypeError, match="ranks: set can't be stored"):
        arrays_of(replace(NameIndex.build(NAMES), ranks={"a"}))  # type: ignore[arg-type]
