"""Small tables of statistics for tests: what countries said they sent and received."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from screening.flows.reading import read_statistics
from screening.flows.table import Statistics

HEADER = "period,reporter,partner,flow,code,value,currency,weight_kg"
Line = tuple[str | int | float | None, ...]
EU_KG: Mapping[int, tuple[int, int]] = {
    2019: (334, 280),
    2020: (235, 237),
    2021: (263, 245),
    2022: (1171, 502),
    2023: (2734, 901),
}
"""EU exports to Kyrgyzstan and what it recorded, EUR m (Eurostat Comext; National Statistical Committee)."""


def table(folder: Path, lines: Iterable[Line], name: str = "table.csv") -> Path:
    """A file in our own layout: period, reporter, partner, flow, code, value, and perhaps the rest."""
    path = folder / name
    cells = [",".join("" if cell is None else str(cell) for cell in line) for line in lines]
    width = max((line.count(",") for line in cells), default=0) + 1
    header = ",".join(HEADER.split(",")[:width])
    path.write_text("\n".join([header, *cells]) + "\n", encoding="utf-8")
    return path


def statistics(folder: Path, lines: Iterable[Line]) -> Statistics:
    """The same as statistics, in dollars where the lines don't say."""
    return read_statistics(table(folder, lines), currency="USD")


def yearly(
    exporter: str, importer: str, years: Mapping[int, tuple[int, int | None]], code: str = "TOTAL"
) -> list[Line]:
    """What both sides say of each year, in millions."""
    lines: list[Line] = []
    for year, (sent, recorded) in years.items():
        lines.append((year, exporter, importer, "export", code, sent * 1_000_000))
        if recorded is not None:
            lines.append((year, importer, exporter, "import", code, recorded * 1_000_000))
    return lines


def by_month(
    reporter: str, partner: str, flow: str, code: str, values: Iterable[float], first: int = 2017
) -> list[Line]:
    """A month after the other from January of the first year on."""
    return [
        (f"{first + at // 12}-{at % 12 + 1:02}", reporter, partner, flow, code, round(value, 2))
        for at, value in enumerate(values)
    ]
