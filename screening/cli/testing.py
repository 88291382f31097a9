"""`screening test`: do the scenarios and the rules' own tests come out as told?"""

from pathlib import Path
from typing import Annotated

import typer

from screening.cli.faults import FAULTY


def test(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH",
            help="Folders of scenarios or of rules; the bundled ones without it.",
            show_default=False,
        ),
    ] = None,
    rules: Annotated[
        str | None, typer.Option(metavar="DIR", help="Judge scenarios by these rules, not the bundled ones.")
    ] = None,
    junit: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write the outcomes as JUnit XML too.")
    ] = None,
) -> None:
    """Run scenarios and the rules' own tests.

    Leaves with exit status 1 when one fails.
    """
    from screening.cli.printing import counted, results
    from screening.io.writers.atomic import check_writable, whole_file
    from screening.junit import junit_xml
    from screening.rule_tests import bundled_screener
    from screening.suite import read_suite, run_suite

    if junit:
        check_writable(junit)
    suite = read_suite([Path(path) for path in paths or ()])
    cases = list(run_suite(suite, bundled_screener(Path(rules)) if rules else None))
    if junit:
        with whole_file(junit) as stream:
            stream.write(junit_xml(cases))
    page = results()
    failed = [case for case in cases if not case.passed]
    for case in failed:
        for failure in case.failures:
            page.line(failure, "red")
    page.line(
        f"{counted(len(cases), 'test')}: {len(cases) - len(failed):,} passed, {len(failed):,} failed", "bold"
    )
    if failed:
        raise typer.Exit(FAULTY)
