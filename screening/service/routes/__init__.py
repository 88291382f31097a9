"""The routes, a module for each subject; `ALL` is what the application takes in."""

from screening.service.routes import health, keys, metrics, rules, screen, watchlists

ALL = (health.router, keys.router, metrics.router, rules.router, screen.router, watchlists.router)
