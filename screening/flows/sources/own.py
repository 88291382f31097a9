"""A table of one's own, in our words or by a mapping file that translates its headers."""

from screening.flows.layout import Layout
from screening.flows.table import TOTAL

LAYOUT = Layout(
    name="own",
    needs=(
        frozenset({"reporter"}),
        frozenset({"partner"}),
        frozenset({"flow"}),
        frozenset({"value"}),
        frozenset({"period", "year"}),
    ),
    constants={"code": TOTAL},
)
