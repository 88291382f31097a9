"""How well descriptions are read, and how fast.

    python -m tests.benchmarks.goods [--wrong]

Prints for the labelled texts and for the nomenclature's own: listed goods noticed under other codes,
alarms on what only looks like them, headings and six digits earned, texts that say nothing, and the time
of 20,000 distinct descriptions. `--wrong` lists the texts that were read wrongly.
"""

import argparse
import time

import polars as pl

from screening.goods.description import description_facts
from tests.benchmarks.goods.trial import (
    HIDING_PLACES,
    Share,
    at_home,
    headed,
    hidden,
    labelled,
    not_misled,
    official,
    unlisted,
    vague,
)


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--wrong", action="store_true")
    wrong = parser.parse_args().wrong
    for part in ("seen", "unseen"):
        for name, share in _of_labelled(part).items():
            _show(f"{part}: {name}", share, wrong)
    for name, share in _of_official().items():
        _show(name, share, wrong=False)
    _speed()


def _of_labelled(part: str) -> dict[str, Share]:
    listed, alike = labelled(part, "listed"), labelled(part, "look-alike")
    telling = labelled(part, "listed", "look-alike", "ordinary")
    return {
        **{f"listed goods noticed under {place}": hidden(listed, place) for place in HIDING_PLACES},
        "listed goods left in peace under their code": at_home(listed),
        "look-alikes left in peace under their code": at_home(alike),
        "headings earned, listed and ordinary": headed(labelled(part, "listed", "ordinary")),
        "headings earned or none, look-alikes": not_misled(alike),
        "look-alikes that earn no listed code": unlisted(alike),
        "six digits, where the text reaches so far": headed([t for t in listed if len(t.codes[0]) == 6], 6),
        "vague or not": vague([*telling, *labelled(part, "vague")]),
    }


def _of_official() -> dict[str, Share]:
    plain, disguised = official(noise=False), official(noise=True)
    return {
        "official texts left in peace under their code": at_home(plain),
        "headings of official texts": headed(plain),
        "the same, disguised and left in peace": at_home(disguised),
        "headings of disguised official texts": headed(disguised),
        "headings of disguised official texts, or none": not_misled(disguised),
    }


def _show(name: str, share: Share, wrong: bool) -> None:
    print(f"{name:<62}{share.right:>6} of {share.count:<6}{share.rate:8.1%}")
    for text in share.wrong if wrong else ():
        print(f"    {text}")


def _speed(count: int = 20_000) -> None:
    texts = [
        f"{line.text[:60]} {number}" for number, line in zip(range(count), official(True) * 4, strict=False)
    ]
    begun = time.process_time()
    description_facts(pl.Series(texts), pl.Series(["950300"] * count))
    print(f"{count:,} distinct descriptions: {time.process_time() - begun:.2f} s of processor time")


if __name__ == "__main__":
    main()
