"""The flows of the founding articles as claims that statistics can be held against.

What the article leaves to its reader (which five neighbours, which codes) stands in `claim_readings.csv`,
each reading with its source.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from screening.flows.claims import Claim
from screening.phrases import rows
from screening.resources import bundled
from screening.seeds.articles import Story, read_articles
from screening.seeds.facts import Flow
from screening.watchlists.lists import ListCatalogue

_READINGS = Path(__file__).parent / "claim_readings.csv"
_HIGH_PRIORITY = "chpl"
_OPEN = {
    "planned": "it was planned, and had not happened",
    "possible": "it was held to be possible, and had not happened",
}


def claims() -> Iterator[Claim]:
    """Every flow of the articles, in their order."""
    for article in read_articles(bundled("seeds") / "articles"):
        for story in article.stories:
            yield from (_claim(article.number, article.published.date, story, flow) for flow in story.flows)


def _claim(number: str, day: dt.date, story: Story, flow: Flow) -> Claim:
    readings = {
        line["column"]: line["value"]
        for line in rows(_READINGS)
        if (line["article"], line["flow"]) == (number, flow.id)
    }
    amount = flow.value or flow.quantity
    return Claim(
        id=f"{number}/{flow.id}",
        fact=flow.fact,
        senders=tuple(flow.sender),
        receivers=tuple(readings["receivers"].split()) if "receivers" in readings else tuple(flow.receiver),
        codes=_codes(readings.get("codes", ""), day, story, flow),
        amount=amount.amount if amount else None,
        unit=amount.unit if amount else "",
        period=flow.period,
        times=flow.ratio.times if flow.ratio else None,
        against=flow.ratio.against if flow.ratio else None,
        open=_OPEN.get(flow.status, ""),
    )


def _codes(reading: str, day: dt.date, story: Story, flow: Flow) -> tuple[str, ...]:
    """The codes that the reading names, else those of the flow's goods."""
    if reading == _HIGH_PRIORITY:
        listed = ListCatalogue.load().goods["goods/chpl"].entries
        return tuple(sorted(entry.hs6 for entry in listed if entry.listed_from and entry.listed_from <= day))
    if reading:
        return tuple(reading.split())
    goods = [goods for goods in story.goods if goods.id in flow.goods]
    return tuple(sorted({code.hs6 for one in goods for code in one.codes}))
