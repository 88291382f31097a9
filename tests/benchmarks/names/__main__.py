"""How well and how fast names are matched, beside the matchers that are in use today, in one run.

    python -m tests.benchmarks.names LIST.csv --labelled LABELLED.csv [--growth] [--pairs FILE]...

LIST has the columns entity_number, name and alt_names (`;` between). LABELLED has name, label (`match`,
`hard`, `benign`), kind, listed_entity_numbers and listed_name. Besides the labelled names, names made from
the list are asked. `pip install -e .[benchmark]` installs what the other matchers depend on.
"""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from tests.benchmarks.names.accuracy import accuracy_rows, measured, mistakes, speed_rows
from tests.benchmarks.names.growth import SIZES, exponents, growth_rows
from tests.benchmarks.names.judged import judges, pair_rows
from tests.benchmarks.names.labelled import Labelled, Listed, made, read_labelled, read_list
from tests.benchmarks.names.matchers import ALERT, COMPARED, missing
from tests.benchmarks.names.pairs import read_pairs
from tests.benchmarks.names.report import circumstances, table

T = TypeVar("T")

_SINGLES = 300


def main() -> None:
    """Print the tables that the arguments ask for."""
    options = _options()
    listed = _read(options.list, read_list)
    print(circumstances(), flush=True)
    if options.labelled:
        labelled = _read(options.labelled, lambda file: read_labelled(file, listed))
        _compare(options, listed, labelled, options.labelled.name)
    if options.made:
        _compare(options, listed, made(listed, options.made), "names made from the list")
    if options.growth:
        _growth(options, listed)
    for file in options.pairs:
        _pairs(file, listed)


def _compare(options: argparse.Namespace, listed: Listed, labelled: Labelled, title: str) -> None:
    singles = made(listed, _SINGLES, seed=3).names
    with tempfile.TemporaryDirectory() as folder:
        found = [measured(name, listed, labelled, singles, Path(folder)) for name in options.matchers]
    against = f"{title} against {len(listed.names):,}"
    print(f"\n{table(against, options.matchers, accuracy_rows(found) + speed_rows(found))}", flush=True)
    for one in found if options.errors else ():
        print(f"\n{one.matcher}", *mistakes(one, listed), sep="\n")


def _growth(options: argparse.Namespace, listed: Listed) -> None:
    sizes = sorted(options.sizes)
    for name in options.growing:
        with tempfile.TemporaryDirectory() as folder:
            rows = growth_rows(listed.names, name, sizes, Path(folder))
        print(f"\n{table(f'growth of {name}', [f'{size:,}' for size in sizes], rows)}")
        print(f"from {sizes[-2]:,} to {sizes[-1]:,}: {'; '.join(exponents(rows, sizes))}", flush=True)


def _pairs(file: Path, listed: Listed) -> None:
    pairs = _read(file, read_pairs)
    matching = sum(pair.matches for pair in pairs)
    found = judges(pairs, listed.names)
    alert = [ALERT.get(name, ALERT["ours"]) for name in found]
    title = f"{file.name}: {matching} pairs that match, {len(pairs) - matching} that don't"
    print(f"\n{table(title, list(found), pair_rows(pairs, list(found.values()), alert))}", flush=True)


def _read(file: Path, reader: Callable[[Path], T]) -> T:
    try:
        return reader(file)
    except (KeyError, ValueError) as error:
        raise SystemExit(f"{file}: {error} is missing or wrong; `--help` says what is needed") from None


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.names",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("list", type=_file, help="the list to match against")
    parser.add_argument("--labelled", type=_file, help="labelled names to ask")
    parser.add_argument(
        "--made", type=int, default=10_000, help="names to make from the list and ask; 0: none"
    )
    parser.add_argument("--matchers", type=_names, default=list(COMPARED), help="those to compare: a,b,c")
    parser.add_argument("--errors", action="store_true", help="print every miss and false alarm")
    parser.add_argument("--growth", action="store_true", help="measure growth with the length of the list")
    parser.add_argument("--growing", type=_names, default=["ours", "tfidf"], help="whose growth: a,b")
    parser.add_argument("--sizes", type=_sizes, default=SIZES, help="lengths of the list: 1000,10000")
    parser.add_argument("--pairs", type=_file, action="append", default=[], help="labelled pairs to judge")
    options = parser.parse_args()
    asked = [*options.matchers, *(options.growing if options.growth else ())]
    if missing(asked):
        parser.error(
            f"{', '.join(missing(asked))}: not installed; pip install -e .[benchmark], or --matchers ours"
        )
    return options


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"{text} is not there; `--help` says which file is needed")
    return path


def _names(text: str) -> list[str]:
    unknown = sorted(set(text.split(",")) - set(COMPARED))
    if unknown:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: expected some of {', '.join(COMPARED)}")
    return text.split(",")


def _sizes(text: str) -> Sequence[int]:
    return [int(size) for size in text.split(",")]


if __name__ == "__main__":
    main()
