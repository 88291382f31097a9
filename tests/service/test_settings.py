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


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SCREENING_BODYBYTES", "did you mean SCREENING_BODY_BYTES?"),
        ("SCREENING_DATABSE", "did you mean SCREENING_DATABASE?"),
        ("Screening_Rate", "did you mean SCREENING_RATE?"),
        ("SCREENING_HOMES", "did you mean SCREENING_HOME?"),
        ("SCREENING_XYZZY", "see the settings"),
    ],
)
def test_a_variable_that_is_no_setting_is_refused_with_the_one_that_is_meant(name: str, meant: str) -> None:
    with pytest.raises(UsageError, match=f"^{name} is no setting; ") as caught:
        Settings.read({name: "sesame"})
    assert meant in str(caught.value) and "sesame" not in str(caught.value)


def test_faults_of_names_and_values_are_told_at_once() -> None:
    with pytest.raises(UsageError, match=r"SCREENING_BRUST .* SCREENING_BURST\?; SCREENING_PORT"):
        Settings.read({"SCREENING_BRUST": "1000", "SCREENING_PORT": "http"})


def test_variables_that_are_not_ours_are_left_alone() -> None:
    others = {"SCREENING_HOME": "/home", "PATH": "/bin", "SCREENINGS": "5", "SCREENING": "1"}
    assert Settings.read(others) == Settings.read({})


def test_what_a_cluster_tells_of_a_service_called_screening_is_no_setting() -> None:
    at = "tcp://10.0.0.7:8000"
    links = {
        "SCREENING_SERVICE_HOST": "10.0.0.7",
        "SCREENING_SERVICE_PORT_HTTP": "8000",
        "SCREENING_PORT": at,
    }
    links |= {"SCREENING_PORT_8000_TCP": at, "SCREENING_PORT_8000_TCP_ADDR": "10.0.0.7"}
    links |= {"SCREENING_DB_PORT": "tcp://10.0.0.8:5432", "SCREENING_DB_SERVICE_PORT": "5432"}
    assert Settings.read(links).port == 8000


def test_secrets_are_not_shown() -> None:
    shown = repr(Settings.read({}, bootstrap_key="sesame", database="postgresql://u:sesame@h/n"))
    assert "sesame" not in shown
