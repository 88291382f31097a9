"""Which script a name is written in, for lists that mix the names of all scripts in one column."""

import re

_LATIN = re.compile(r"[A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff\uff21-\uff5a]")


def in_latin_letters(name: str) -> bool:
    """Whether the name has a Latin letter, or no letter at all."""
    return bool(_LATIN.search(name)) or not any(map(str.isalpha, name))
