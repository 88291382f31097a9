"""Who is whose son: `Ahmad bin Hasan` and `Hasan bin Ahmad` have the same words and are two."""

import numpy as np
import numpy.typing as npt

from screening.names.alignment import Aligned
from screening.names.vocabulary import Ints, WordColumns

Flags = npt.NDArray[np.bool_]

_SON_OF = ("bin", "ben", "ibn", "uld")  # as keys; `ould` is the last
_HEADS = np.array([sum(ord(letter) << (8 * at) for at, letter in enumerate(word)) for word in _SON_OF])


def fathers(v: WordColumns, aligned: Aligned) -> Flags:
    """Pairs in which who is first of all a son in one name has met a father in the other."""
    son_of = np.isin(v.head, _HEADS) & (v.length == len(_SON_OF[0]))
    found = np.zeros(len(aligned.query), dtype=bool)
    if son_of.any():
        link_query, link_name = (son_of[words] & (words >= 0) for words in (aligned.query, aligned.name))
        rows = np.flatnonzero(link_query.any(axis=1) & link_name.any(axis=1))
        found[rows] = _changed(aligned.met[rows], link_query[rows], link_name[rows])
    return found


def _changed(met: Ints, link_query: Flags, link_name: Flags) -> Flags:
    partner = np.maximum(met, 0)
    (son, father), others = _parts(link_query), _parts(link_name)
    other_son, other_father = (np.take_along_axis(part, partner, axis=1) for part in others)
    changed = (son & ~father & other_father) | (father & other_son & ~other_father)
    return np.asarray((changed & (met >= 0)).any(axis=1))


def _parts(link: Flags) -> tuple[Flags, Flags]:
    """Where a son's name stands, before a word for it, and where a father's, after one."""
    son, father = np.zeros_like(link), np.zeros_like(link)
    son[:, :-1], father[:, 1:] = link[:, 1:], link[:, :-1]
    return son & ~link, father & ~link
