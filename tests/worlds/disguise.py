"""How a name or an address is written so that it is still read and no longer the same."""

import re

import numpy as np

_FORMS = re.compile(
    r"\b(LIMITED LIABILITY COMPANY|JOINT STOCK COMPANY|LLC|LTD|LIMITED|OOO|AO|OSOO|JSC|PJSC|CO|FZE)\b\.?",
    re.IGNORECASE,
)
_SOUNDS = (
    ("ks", "x"),
    ("x", "ks"),
    ("kh", "h"),
    ("y", "i"),
    ("k", "c"),
    ("c", "k"),
    ("ph", "f"),
    ("w", "v"),
    ("i", "y"),
)


def disguised(rng: np.random.Generator, name: str, strength: str) -> str:
    """The name lightly disguised: form and order (strong to see), one letter, or letter and form (weak)."""
    if strength == "strong":
        return _without_form(name) if rng.random() < 0.6 else f"{name}.".upper().replace("-", " ")
    if strength == "fair":
        return _misspelt(rng, name)
    return _misspelt(rng, _without_form(name))


def reworded(rng: np.random.Generator, address: str) -> str:
    """The address as another clerk would write it."""
    turn = rng.random()
    if turn < 0.4:
        return address
    if turn < 0.6:
        return address.upper()
    if turn < 0.8:
        return address.replace(",", "").replace("Street", "St").replace("office", "of.")
    return address.replace("ul. ", "").replace("Rd", "Road").replace("Str.", "street")


def _without_form(name: str) -> str:
    bare = re.sub(r"\s+", " ", _FORMS.sub(" ", name)).strip(" ,.&")
    return bare if len(bare) >= 5 else name


def _misspelt(rng: np.random.Generator, name: str) -> str:
    """A sound of the longest word written otherwise, or two of its neighbouring letters changed over."""
    longest = max(name.split(), key=len)
    for place in rng.permutation(len(_SOUNDS)):
        sound, other = _SOUNDS[int(place)]
        if sound in longest.lower()[1:]:
            head, tail = longest[:1], re.sub(sound, other, longest[1:], count=1, flags=re.IGNORECASE)
            return name.replace(longest, head + (tail.upper() if name.isupper() else tail), 1)
    places = [i for i in range(1, len(longest) - 1) if longest[i] != longest[i + 1]] or [0]
    at = places[int(rng.integers(len(places)))]
    swapped = longest[:at] + longest[at + 1 : at + 2] + longest[at] + longest[at + 2 :]
    return name.replace(longest, swapped, 1)
