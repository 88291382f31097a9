"""What can be set about the service: by options of its command, and by `SCREENING_` variables.

Worker processes start by spawn and are told through the environment, so every setting has a variable: its
name in capitals after `SCREENING_`. What a command names goes before what stands in the environment.
"""

import json
import os
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Json,
    SecretStr,
    ValidationError,
    model_validator,
)

from screening.errors import UsageError
from screening.service.variables import PREFIX, meant_for_us, misspelt

STORE_FILE = "service.sqlite"


def default_database() -> str:
    """The URL of a file in the user's data folder: nothing to set up."""
    from screening.watchlists.store import home  # with all that reads lists: late

    return f"sqlite:///{home() / STORE_FILE}"


def _paths(value: Any) -> Any:
    return tuple(value.split(os.pathsep)) if isinstance(value, str) else value


def _words(value: Any) -> Any:
    return tuple(value.split()) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]


class Settings(BaseModel):
    """All settings of the service, checked; secrets are not shown when they are printed."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65_535)
    database: SecretStr = Field(default_factory=lambda: SecretStr(default_database()))
    workers: int = Field(1, ge=1, le=64)

    rules: str | None = None
    watchlists: Annotated[tuple[str, ...], BeforeValidator(_paths)] = ()
    bundled: bool = True
    exceptions: str | None = None
    rates: str | None = None

    work_policy: str | None = None
    """A file that says who has to decide on alerts, and by when."""
    reasons: str | None = None
    """A file with the reasons that decisions may give."""

    webhooks_private: bool = False
    """Webhooks may be at addresses of this machine and its network, and without TLS."""

    bootstrap_key: SecretStr | None = None
    """A key of every scope, for as long as it is set: what the first other key is made with."""
    key_memory_seconds: float = Field(5.0, ge=0)
    """How long a key goes on being accepted after it was revoked, at most."""

    oidc_issuer: str | None = None
    oidc_audience: str | None = None
    oidc_jwks_url: str | None = None
    """Where the issuer's keys are; its own configuration document says so otherwise."""
    oidc_algorithms: Words = ("RS256", "ES256")
    oidc_scopes_claim: str = "scope"
    """The claim that says what its bearer may, with dots between its steps: `realm_access.roles`."""
    oidc_scopes: Json[dict[str, Words]] | dict[str, Words] = Field(default_factory=dict)
    """What a value of that claim stands for: {"compliance-officer": "read decide"}; else itself."""

    body_bytes: int = Field(16_000_000, ge=1)
    upload_bytes: int = Field(4_000_000_000, ge=1)
    """The largest file that `POST /jobs` takes."""
    jobs_folder: str | None = None
    """Where the files of jobs are kept, for all that share the store: beside a store that is a file, else
    with the data of the user."""
    jobs_at_once: int = Field(1, ge=0, le=64)
    """Files that are screened at once for the whole store; 0: this service takes none, only queues them."""
    jobs_days: int = Field(30, ge=0, le=36_500)
    """Days after which the files of a job that has ended are removed; 0: kept until it is deleted."""
    chores: bool = True
    """Whether this service refreshes lists, and screens again what new rules or lists may alter."""
    look_seconds: float = Field(2.0, gt=0)
    """How often a worker looks whether rules or lists have changed."""
    body_seconds: float = Field(20.0, gt=0)
    """For how long a body may keep the service waiting, beyond what a slow line needs for its size."""
    answer_seconds: float = Field(60.0, gt=0)
    most_shipments: int = Field(1_000, ge=1)
    """Shipments of one request; more of them are a file for `POST /jobs`."""
    rate: float = Field(500.0, gt=0)
    """Requests a second that each worker takes of one principal, on average."""
    burst: int = Field(1_000, ge=1)
    """Requests that a principal may send at once after a pause."""
    crowd: int = Field(512, ge=1)
    """Requests that a worker has under way at once."""
    stop_seconds: int = Field(20, ge=0)
    """How long requests under way are waited for when the service is stopped."""

    @model_validator(mode="after")
    def _tokens_are_meant_for_somebody(self) -> Self:
        if self.oidc_issuer and not self.oidc_audience:
            raise ValueError("OIDC_ISSUER needs OIDC_AUDIENCE: else tokens for other services would do here")
        return self

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ, **given: Any) -> Self:
        """The settings that the environment and a command give. Raises UsageError for the faults of both."""
        ours = meant_for_us(environment)
        named = {name: f"{PREFIX}{name.upper()}" for name in cls.model_fields}
        there = {name: ours[key] for name, key in named.items() if ours.get(key)}
        wanted = {name: value for name, value in given.items() if value is not None}
        faults = list(misspelt(ours, named.values()))
        try:
            settings = cls.model_validate(there | wanted)
        except ValidationError as error:
            faults += map(_fault, error.errors())
        if faults:
            raise UsageError("; ".join(faults))
        return settings

    def environment(self) -> dict[str, str]:
        """The variables that give these settings again."""
        values = {name: getattr(self, name) for name in self.model_fields_set}
        return {
            f"{PREFIX}{name.upper()}": _text(name, value)
            for name, value in values.items()
            if value is not None
        }


def _fault(error: Any) -> str:
    told = error["msg"].removeprefix("Value error, ")
    return f"{PREFIX}{str(error['loc'][0]).upper()} (or its option): {told}" if error["loc"] else told


def _text(name: str, value: Any) -> str:
    """As `Settings.read` takes it from a variable."""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, dict):
        return json.dumps(value)
    if isinstance(value, tuple):
        return (os.pathsep if name == "watchlists" else " ").join(value)
    return str(value)
