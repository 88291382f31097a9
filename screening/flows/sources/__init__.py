"""The layouts of statistics, one module each; a file is told by its headers, never by its name.

A new layout is a module with a `LAYOUT`, its headers in `headers.csv` and a line here, before the one for
tables of one's own.
"""

from screening.flows.layout import Layout
from screening.flows.sources import armstat, comext, comtrade, imts, own

LAYOUTS: tuple[Layout, ...] = (imts.LAYOUT, armstat.LAYOUT, comtrade.LAYOUT, comext.LAYOUT, own.LAYOUT)


def layout_of(headers: list[str]) -> Layout | None:
    """The layout with these headers, None where it is none that is known."""
    return next((layout for layout in LAYOUTS if layout.recognises(headers)), None)
