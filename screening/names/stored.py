"""The index of names as plain arrays, and back, so that it can stand in a file and be mapped.

Written over the fields of the index, whatever they are: numbers stay arrays, texts and tables become
JSON. No field can be forgotten, and nothing in a file is ever run.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, get_origin, get_type_hints

import numpy as np
import numpy.typing as npt

from screening.names.index import NameIndex

Arrays = dict[str, npt.NDArray[Any]]
_T = TypeVar("_T")
_NUMBERS = "biuf"


def arrays_of(index: NameIndex) -> Arrays:
    """All that the index holds, by the names of its fields; `words.keys` is the field of a field."""
    return _taken_apart(index, "")


def index_of(arrays: Mapping[str, npt.NDArray[Any]]) -> NameIndex:
    """The index that these arrays hold, its numbers where they stand.

    ValueError or KeyError when a field is missing or is not of its kind.
    """
    return _put_together(NameIndex, arrays, "")


def _taken_apart(whole: Any, prefix: str) -> Arrays:
    arrays: Arrays = {}
    for field in fields(whole):
        value = getattr(whole, field.name)
        if is_dataclass(value):
            arrays |= _taken_apart(value, f"{prefix}{field.name}.")
        else:
            arrays[prefix + field.name] = _array(prefix + field.name, value)
    return arrays


def _array(name: str, value: Any) -> npt.NDArray[Any]:
    if isinstance(value, np.ndarray) and value.dtype.kind in _NUMBERS:
        return value
    plain = value.tolist() if isinstance(value, np.ndarray) else value
    if not isinstance(plain, int | list | dict):
        raise TypeError(f"{name}: {type(value).__name__} can't be stored")
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _put_together(kind: type[_T], arrays: Mapping[str, npt.NDArray[Any]], prefix: str) -> _T:
    values: dict[str, Any] = {}
    for name, of in get_type_hints(kind).items():
        if is_dataclass(of) and isinstance(of, type):
            values[name] = _put_together(of, arrays, f"{prefix}{name}.")
        else:
            values[name] = _value(of, arrays[prefix + name])
    return kind(**values)


def _value(of: Any, array: npt.NDArray[Any]) -> Any:
    if _of_numbers(of):
        return array
    plain = json.loads(array.tobytes())
    if get_origin(of) is np.ndarray:
        texts = np.empty(len(plain), dtype=object)
        texts[:] = plain
        return texts
    return plain


def _of_numbers(of: Any) -> bool:
    """True for an array of numbers; texts are arrays of objects."""
    if get_origin(of) is not np.ndarray:
        return False
    return "object_" not in str(of)
