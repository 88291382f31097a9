"""A case of an article as a scenario: its story, its shipments, and what they must come to."""

from collections.abc import Sequence

from screening.seeds.articles import Article, Story
from screening.seeds.cases import Case
from screening.seeds.facts import Fact
from screening.seeds.tables import as_csv


def scenario_name(article: Article, case: Case) -> str:
    """The name of the folder that the case becomes."""
    return f"seed-{article.number}-{case.name}"


def scenario_files(articles: Sequence[Article]) -> dict[str, str]:
    """The files of all cases: path below the scenarios' folder, and content."""
    files: dict[str, str] = {}
    for article in articles:
        for story, fact, case in article.cases():
            name = scenario_name(article, case)
            files[f"{name}/README.md"] = _readme(article, story, fact, case)
            files[f"{name}/shipments.csv"] = as_csv(case.columns(), [case.row(s) for s in case.shipments])
            files[f"{name}/expected.yaml"] = _expected(case)
    return files


def _readme(article: Article, story: Story, fact: Fact, case: Case) -> str:
    reasons = "\n".join(f"- {s.id}: {s.expect}. {s.because}" for s in case.shipments)
    day = f"{article.published.date.isoformat()} ({article.published.basis})"
    return (
        f"# {scenario_name(article, case)}\n\n{case.story}\n\n{reasons}\n\n"
        f"The fact behind it ({fact.mark}): {fact.fact}.\n\n"
        f"Source: {article.publisher}, {day}, article {article.id}, paragraph {fact.paragraph}, "
        f"story `{story.id}`. The firms are made up unless a watchlist names them.\n\n"
        "Built from `seeds/articles/` by `python -m screening.seeds build`; change it there.\n"
    )


def _expected(case: Case) -> str:
    lines = [f"  {shipment.id}: {{decision: {shipment.expect}}}" for shipment in case.shipments]
    return "\n".join(["shipments:", *lines, ""])
