"""durable_rules and the reference evaluator draw the same conclusions, whatever is found."""

import random
from collections.abc import Iterator

import pytest

from screening.engine.chain import ReferenceChain
from screening.ruleset.conditions import Truth
from screening.ruleset.layers import layers
from screening.ruleset.rule import CombineRule
from tests.rulebook import combine_rule

pytest.importorskip("durable", reason="durable_rules can't be imported on Python 3.13 and later")

from screening.engine.durable_chain import DurableChain

FINDINGS = [f"GDS-{number:03}" for number in range(1, 8)]
TRUTHS: tuple[Truth, ...] = (True, False, None)
BOOKS = 60
SETS = 50


def some(rng: random.Random, names: list[str], most: int) -> list[str]:
    return rng.sample(names, min(rng.randint(0, most), len(names)))


def random_rules(rng: random.Random) -> Iterator[CombineRule]:
    """Rules in three layers, each naming findings, rules and conclusions of the layers below it.

    Conclusions are few, so that several rules reach one.
    """
    below, number = list(FINDINGS), 0
    for layer in range(3):
        reached = []
        for _ in range(rng.randint(1, 4)):
            number += 1
            conclusion = f"layer_{layer}_{rng.randint(0, 1)}"
            when = {"any_of": some(rng, below, 3), "and": some(rng, below, 2), "unless": some(rng, below, 2)}
            if not when["any_of"] and not when["and"]:
                when["and"] = [rng.choice(below)]
            yield combine_rule(f"CMB-{number:03}", conclusion, when)
            reached += [f"CMB-{number:03}", conclusion]
        below += reached


def random_findings(rng: random.Random) -> dict[str, Truth]:
    weights = rng.choice([(1, 1, 1), (3, 1, 1), (1, 0, 2), (1, 3, 0)])
    return {name: rng.choices(TRUTHS, weights)[0] for name in FINDINGS}


@pytest.mark.parametrize("seed", range(BOOKS))
def test_both_engines_draw_the_same_conclusions(seed: int) -> None:
    rng = random.Random(seed)
    rules = list(random_rules(rng))
    durable, reference = DurableChain(rules), ReferenceChain(rules)
    for _ in range(SETS):
        found = random_findings(rng)
        assert durable.conclude(found) == reference.conclude(found), found


def test_the_random_cases_are_many_and_of_every_kind() -> None:
    books = [list(random_rules(random.Random(seed))) for seed in range(BOOKS)]
    rules = [rule for book in books for rule in book]
    assert BOOKS * SETS >= 2000
    assert max(max(layers(book).values()) for book in books) == 2
    assert any(rule.when.unless for rule in rules)
    assert all(len({r.conclude for r in book}) <= len(book) for book in books)
    assert any(len({r.conclude for r in book}) < len(book) for book in books)


def test_the_random_cases_come_out_true_false_and_unknown() -> None:
    rng = random.Random(0)
    chain = ReferenceChain(list(random_rules(rng)))
    drawn = [truth for _ in range(SETS) for truth in chain.conclude(random_findings(rng)).values()]
    assert set(drawn) == {True, False, None}


def test_rules_of_many_members_agree() -> None:
    rules = [
        combine_rule("CMB-001", "all_found", {"and": FINDINGS}),
        combine_rule("CMB-002", "any_found", {"any_of": FINDINGS}),
        combine_rule("CMB-003", "none_found", {"and": ["any_found"], "unless": [*FINDINGS[1:], "all_found"]}),
    ]
    durable, reference = DurableChain(rules), ReferenceChain(rules)
    for truth in TRUTHS:
        for odd in FINDINGS:
            found = dict.fromkeys(FINDINGS, truth) | {odd: True}
            assert durable.conclude(found) == reference.conclude(found)
