"""How sure is it that two aligned names are one name? The features of a pair, and their table of costs.

A score is 1 less what the differences cost. What matters is not how many letters differ but which words:
a rare word left over on both sides is another firm, a common one on one side is a shorter way to say it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screening.names.alignment import Aligned
from screening.names.vocabulary import Floats, Vocabulary

Flags = npt.NDArray[np.bool_]

REVIEW = 0.85
"""From here a person should look."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What each difference takes off the score, as a share of all the weight of both names."""

    misspelt: float = 0.75  # of the weight that met, by the credit that it lacks
    replaced: float = 1.9  # of the weight left over on both sides: another word stands there
    missing: float = 0.42  # of the weight that only the listed name has
    added: float = 0.42  # of the weight that only the query has
    heaviest: float = 0.12  # of the lighter of the two heaviest leftovers, as it is
    reordered: float = 0.005  # words in another order
    number_missing: float = 0.10  # one name has a number and the other none
    number_ceiling: float = 0.70  # two different numbers: the most that the score can be
    common_ceiling: float = 0.75  # nothing but common words met: the most that the score can be
    common_weight: float = 0.45  # weight that must have met, in words of their own


COSTS = Costs()


@dataclass(slots=True)
class Features:
    """What decides, one value a pair; weights in the vocabulary's units (1 = the rarest word)."""

    met: Floats
    spoilt: Floats
    left_query: Floats
    left_name: Floats
    heaviest_query: Floats
    heaviest_name: Floats
    numbers_differ: Flags
    number_missing: Flags
    reordered: Flags
    same: Flags


def features(v: Vocabulary, aligned: Aligned) -> Features:
    """The features of every aligned pair."""
    query, name = np.maximum(aligned.query, 0), np.maximum(aligned.name, 0)
    found = aligned.met >= 0
    partner = np.take_along_axis(name, np.maximum(aligned.met, 0), axis=1)
    # The listed spelling says how rare a word is: a misspelt `Trading` is rare, and says no more for it.
    weight = np.where(found, np.minimum(v.weight[query], v.weight[partner]), 0)
    weight = np.where(found & (aligned.credit >= 1), v.weight[query], weight)
    rest_query = np.where((aligned.query >= 0) & ~found, v.weight[query], 0)
    unmet = aligned.name >= 0
    rows, places = np.nonzero(found)
    unmet[rows, aligned.met[rows, places]] = False
    rest_name = np.where(unmet, v.weight[name], 0)
    number_query = _any((rest_query > 0) & v.digits[query])
    number_name = _any((rest_name > 0) & v.digits[name])
    return Features(
        weight.sum(1),
        (weight * (1 - aligned.credit)).sum(1),
        rest_query.sum(1),
        rest_name.sum(1),
        rest_query.max(1),
        rest_name.max(1),
        number_query & number_name,
        number_query ^ number_name,
        _reordered(aligned, found),
        ~_any((aligned.query >= 0) & ~found) & ~_any(unmet) & ~_any(found & (aligned.credit < 1)),
    )


def _any(flags: Flags) -> Flags:
    return np.asarray(flags.any(axis=1))


def _reordered(aligned: Aligned, found: Flags) -> Flags:
    """Whether a word met one that stands before what an earlier word met."""
    place = np.where(found, aligned.met, -1)
    highest = np.maximum.accumulate(place, axis=1)
    return _any(found[:, 1:] & (place[:, 1:] < highest[:, :-1]))


def losses(f: Features, costs: Costs = COSTS) -> dict[str, Floats]:
    """What each difference takes off the score, one value a pair, by its reason."""
    everything = np.maximum(f.met + f.left_query + f.left_name, 1e-6)
    both = np.minimum(f.left_query, f.left_name)
    return {
        "misspelt": costs.misspelt * f.spoilt / everything,
        "replaced": costs.replaced * both / everything,
        "missing": costs.missing * (f.left_name - both) / everything,
        "added": costs.added * (f.left_query - both) / everything,
        "heaviest": costs.heaviest * np.minimum(f.heaviest_query, f.heaviest_name),
        "number missing": (costs.number_missing * f.number_missing).astype(np.float32),
        "reordered": (costs.reordered * f.reordered).astype(np.float32),
    }


def ceilings(f: Features, costs: Costs = COSTS) -> dict[str, tuple[Flags, float]]:
    """The most that a score can be, by the reason, and for which pairs."""
    return {
        "their numbers differ": (f.numbers_differ, costs.number_ceiling),
        "only common words agree": (f.met < costs.common_weight, costs.common_ceiling),
        "they are not the same": (~f.same, 0.99),
    }


def scores(f: Features, costs: Costs = COSTS) -> Floats:
    """0 to 1 for every pair; 1 only where every word met its like."""
    lost = np.sum(list(losses(f, costs).values()), axis=0)
    score = np.where(f.same, 1.0 - costs.reordered * f.reordered, 1.0 - lost)
    for holds, most in ceilings(f, costs).values():
        score = np.where(holds, np.minimum(score, most), score)
    return np.clip(score, 0, 1).astype(np.float32)
