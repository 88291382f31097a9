"""Which methods an address takes, all its routes together: the framework names those of the first alone."""

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts


def allowed(app: FastAPI, path: str) -> str:
    """The methods, as `Allow` names them."""
    own = (route for route in iter_route_contexts(app.routes) if route.methods)
    found = {method for route in own if route.path_regex.match(path) for method in route.methods or ()}
    return ", ".join(sorted(found))
