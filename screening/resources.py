"""Where the bundled data stands: beside the package in a wheel, at the top of the repository in a checkout.

One place to ask, so that an installed `screening` works from any folder.
"""

from pathlib import Path

HOME_VARIABLE = "SCREENING_HOME"
"""The variable that names the folder for what is kept between runs, where that of the user isn't wanted."""

_PACKAGE = Path(__file__).parent
_WHEEL = _PACKAGE / "_bundled"
_CHECKOUT = _PACKAGE.parent

_IN_CHECKOUT = {"scenarios": "tests/scenarios", "demo": "seeds/demo"}


def bundled(name: str) -> Path:
    """The folder of bundled data called `name`: rules, watchlists, seeds, scenarios or demo."""
    if _WHEEL.is_dir():
        return _WHEEL / name
    return _CHECKOUT / _IN_CHECKOUT.get(name, name)
