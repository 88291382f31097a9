"""The routes, a module for each subject; `ALL` is what the application takes in."""

from screening.service.routes import health

ALL = (health.router,)
