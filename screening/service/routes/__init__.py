"""The routes, a module for each subject; `ALL` is what the application takes in."""

from screening.service.routes import (
    alerts,
    documents,
    health,
    jobs,
    keys,
    match,
    metrics,
    refreshes,
    rules,
    screen,
    suppressions,
    watchlists,
    webhooks,
)

_SUBJECTS = (
    alerts,
    documents,
    health,
    jobs,
    keys,
    match,
    metrics,
    refreshes,
    rules,
    screen,
    suppressions,
    watchlists,
    webhooks,
)
ALL = tuple(subject.router for subject in _SUBJECTS)
