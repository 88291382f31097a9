"""Eurostat Comext: monthly and annual extracts, the bulk files, SDMX-CSV, and tables made in their layout.

Values are euros. Codes of eight digits are summed to six; a file without a product is about all goods.
"""

from screening.flows.layout import Layout
from screening.flows.table import TOTAL

LAYOUT = Layout(
    name="comext",
    needs=(
        frozenset({"reporter", "declarant", "declarantiso"}),
        frozenset({"partner", "partneriso"}),
        frozenset({"valueineur", "valueineuros", "valueeur", "obsvalue"}),
    ),
    currency="EUR",
    constants={"code": TOTAL},
)
