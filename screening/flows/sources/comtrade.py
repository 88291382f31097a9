"""UN Comtrade: the files of its website, bulk download and API, before and since 2023, and its JSON.

Values are US dollars. A row may be one means of transport, customs procedure or second partner of a flow;
`rows` takes their total where there is one.
"""

from screening.flows.layout import Layout

LAYOUT = Layout(
    name="comtrade",
    needs=(
        frozenset({"cmdcode", "commoditycode"}),
        frozenset({"primaryvalue", "tradevalue", "tradevalueus"}),
        frozenset({"reportercode", "reporteriso", "reporter", "reporterdesc"}),
    ),
    currency="USD",
)
