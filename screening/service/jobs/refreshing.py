"""Official lists fetched anew, behind the requests: workers take up what changed by themselves."""

from sqlalchemy import RowMapping

from screening.service.jobs.hold import Hold
from screening.store import jobs
from screening.watchlists.refresh import refresh

SHRINKING = "allow-shrink"
"""Among the names of lists: one that lost entries is taken all the same."""


def refresh_lists(hold: Hold, job: RowMapping) -> None:
    """Says of each list what came of it. Raises UsageError for a name that is no official list."""
    words = job["file"].split()
    names = [word for word in words if word != SHRINKING]
    told = [
        {"list": one.list, "outcome": one.outcome, "sentence": one.sentence}
        for one in refresh(names, allow_shrink=SHRINKING in words)
    ]
    hold.write(lambda tx: jobs.report(tx, hold.job_id, hold.worker, told))
