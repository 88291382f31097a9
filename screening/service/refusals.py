"""What the library says no to, as the problem that a client is told: its own words, and whose turn it is.

A request that contradicts the OpenAPI document is answered with 422. One that fits it, and not what is there
(an old version, a reason that the site's policy lacks, a rule that is none), is answered with 409.
"""

from screening.errors import Fault, ScreeningError, ShipmentError, StoreError
from screening.service.problems import Problem, invalid, pointer
from screening.store.refusals import ConflictError, ForbiddenError, UnfitError, UnknownError

_BUSY = "the store can't be reached now; try again"


def problem_of(error: ScreeningError) -> Problem:
    """The problem that tells of the error. What it says of the store's place stays inside."""
    match error:
        case StoreError():
            return Problem(503, _BUSY, headers={"Retry-After": "1"})
        case UnknownError():
            return Problem(404, str(error))
        case ConflictError():
            return Problem(409, str(error), current=error.current)
        case ForbiddenError():
            return Problem(403, str(error), kind="not-yours")
        case UnfitError(field="cursor"):
            return Problem(404, str(error), errors=[{"parameter": "cursor", "detail": str(error)}])
        case UnfitError():
            place = {"pointer": pointer([error.field]), "detail": str(error)}
            return Problem(409, str(error), kind="unfit", errors=[place])
        case ShipmentError():
            return invalid([_fault(fault) for fault in error.faults])
    return Problem(422, str(error))


def _fault(fault: Fault) -> dict[str, str]:
    return {"pointer": pointer([fault.at, fault.column]), "detail": fault.reason}
