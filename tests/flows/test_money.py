"""Two accounts in two currencies are held against each other by the user's rates alone."""

from pathlib import Path

from screening.flows.figures import Figures
from screening.flows.goods import goods_named
from screening.flows.mirror import mirror_gaps
from screening.flows.money import in_dollars
from screening.flows.table import Statistics
from screening.io.rates import read_rates
from tests.flows.accounts import Line, statistics


def accounts(folder: Path) -> Statistics:
    """A hundred million euros sent, a hundred and ten million dollars recorded."""
    lines: list[Line] = [(2023, "DE", "KG", "export", "TOTAL", 100e6, "EUR")]
    return statistics(folder, [*lines, (2023, "KG", "DE", "import", "TOTAL", 110e6, "USD")])


def test_without_rates_they_differ(tmp_path: Path) -> None:
    gaps = mirror_gaps(Figures.of(accounts(tmp_path), goods_named("total")), union=False)
    assert gaps["reason"].to_list() == ["currencies differ"]


def test_by_rates_they_agree(tmp_path: Path) -> None:
    (tmp_path / "rates.csv").write_text("date,currency,usd\n2023-01-01,EUR,1.10\n")
    told = in_dollars(accounts(tmp_path), read_rates(tmp_path / "rates.csv"))
    gaps = mirror_gaps(Figures.of(told, goods_named("total")), union=False)
    assert (gaps["gap"].to_list(), gaps["currency"].to_list()) == ([0.0], ["USD"])
