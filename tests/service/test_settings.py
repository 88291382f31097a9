"""Settings come from options and variables; a faulty one is told by its name, and no secret is shown."""

from typing import Any

import pytest

from screening.errors import UsageError
from screening.service.settings import Settings


def test_an_option_goes_before_a_variable() -> None:
    settings = Settings.read({"SCREENING_PORT": "9000", "SCREENING_WORKERS": "3"}, port=8001)
    assert (settings.port, settings.workers) == (8001, 3)


@pytest.mark.parametrize(
    "given",
    [
        {"database": "postgresql://u:p@h/n", "bootstrap_key": "k"},
        {"watchlists": ("a.csv", "b c.csv"), "bundled": False},
        {"oidc_issuer": "https://i.example", "oidc_audience": "us", "oidc_scopes": {"boss": ["read"]}},
        {"oidc_algorithms": ("RS256", "EdDSA")},
    ],
)
def test_what_workers_read_is_what_was_set(given: dict[str, Any]) -> None:
    settings = Settings.read({}, **given)
    assert Settings.read(settings.environment()) == settings


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"SCREENING_PORT": "http"}, "SCREENING_PORT"),
        ({"SCREENING_RATE": "0"}, "SCREENING_RATE"),
        ({"SCREENING_OIDC_SCOPES": "read"}, "SCREENING_OIDC_SCOPES"),
        ({"SCREENING_OIDC_ISSUER": "https://issuer.example"}, "OIDC_AUDIENCE"),
    ],
)
def test_a_variable_that_makes_no_sense_is_told_by_its_name(variables: dict[str, str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        Settings.read(variables)


def test_secrets_are_not_shown() -> None:
    shown = repr(Settings.read({}, bootstrap_key="sesame", database="postgresql://u:sesame@h/n"))
    assert "sesame" not in shown
