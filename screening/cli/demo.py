"""`screening demo`: what the tool does, shown on a made-up file, and what to do next."""

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screening.cli.printing import Page
    from screening.result import Screening
    from screening.screener import Screener

SHOWN_FINDINGS = 3
INTRODUCTION = (
    "These are made-up shipments after the pattern that the founding articles describe: goods that the "
    "coalition does not sell to Russia leave Türkiye or the coalition, and reach Russia through its "
    "neighbours."
)
NEXT = (
    (
        "screening screen YOUR_FILE.csv --output alerts.jsonl",
        "your own shipments (CSV, Parquet, Arrow, JSON lines)",
    ),
    (
        "screening explain SHIPMENT_ID --alerts alerts.jsonl",
        "one alert in full: evidence, sources, what would clear it",
    ),
    (
        "screening watchlists import FILE",
        "keep an official list, such as the US Consolidated Screening List as CSV",
    ),
    ("screening party NAME", "one name against all lists"),
    ("screening rules list", "the rules; each is a file that you can read and change"),
)


def demo() -> None:
    """Screen the bundled example file and show what comes of it.

    Works offline, from any folder, and writes no file.
    """
    from screening.cli.printing import results
    from screening.resources import bundled
    from screening.screener import Screener

    screener = Screener()
    found = list(screener.screen_file(bundled("demo") / "shipments.csv"))
    page = results()
    page.line(INTRODUCTION)
    _print_alerts(page, [result for result in found if result.decision != "clear"], screener)
    _print_clear(page, [result for result in found if result.decision == "clear"])
    _print_close(page, found, screener)


def _print_alerts(page: "Page", alerts: "list[Screening]", screener: "Screener") -> None:
    policy = screener.ruleset.policy
    page.heading("Alerts")
    page.line(
        f"Each rule that fires adds its points, up to 100. From {policy.review_at} on somebody should look "
        f"(review), from {policy.hold_at} on before the goods move (hold)."
    )
    for alert in alerts:
        _print_alert(page, alert)


def _print_alert(page: "Page", alert: "Screening") -> None:
    from screening.cli.lanes import goods, lane
    from screening.cli.printing import STYLES, counted

    page.line()
    page.line(f"{alert.shipment_id}  {alert.decision.upper()}  {alert.score} of 100", STYLES[alert.decision])
    page.line(lane(alert.shipment), indent=2)
    page.line(f"{goods(alert.shipment)}, {alert.shipment.get('shipment_date') or 'no date'}", indent=2)
    findings = {finding.rule: finding for finding in alert.findings}
    parts = [part for part in alert.score_parts if part.points][:SHOWN_FINDINGS]
    for part in parts:
        finding = findings[part.rule]
        page.line(f"+{part.points} {finding.rule} {finding.title}", "bold", indent=4)
        page.line(finding.explanation, indent=8)
    for match in alert.matches:
        page.line(f"{match.name} is on {match.watchlist}: {match.matched_name} ({match.source})", indent=4)
    if rest := len(alert.findings) - len(parts):
        page.line(f"and {counted(rest, 'lesser finding')}", indent=4)


def _print_clear(page: "Page", clear: "list[Screening]") -> None:
    from screening.cli.lanes import lane

    page.heading("Clear, and why that matters")
    page.line(
        "Much honest trade uses the same lanes. A country alone is never a finding, and listed goods with a "
        "country are not yet an alert:"
    )
    page.table(
        ("shipment", "date", "parties and lane", "goods"),
        (
            (r.shipment_id, r.shipment["shipment_date"], lane(r.shipment), r.shipment["goods_description"])
            for r in clear
        ),
    )
    for result in clear:
        for known in result.context:
            page.line(f"{result.shipment_id}: {known.name}: {known.explains} ({known.source})", indent=2)


def _print_close(page: "Page", found: "list[Screening]", screener: "Screener") -> None:
    from screening.cli.lists_in_use import BRING_A_LIST
    from screening.cli.summary import print_lists
    from screening.result import NO_CLEARANCE

    print_lists(page, screener)
    page.line(
        f"Bring an official list: `{BRING_A_LIST}` keeps one, `--watchlist FILE` uses one for a single run."
    )
    page.heading("Next")
    width = max(len(command) for command, _ in NEXT)
    for command, does in NEXT:
        page.line(f"{command:<{width}}  {does}", indent=2)
    page.line()
    page.line(_account(found), "bold")
    page.line(NO_CLEARANCE)


def _account(found: "list[Screening]") -> str:
    of = Counter(result.decision for result in found)
    return f"{len(found)} shipments = {of['clear']} clear + {of['review']} review + {of['hold']} hold"
