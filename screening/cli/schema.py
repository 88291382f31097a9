"""`screening schema`: the JSON Schema of an alert record, for programs that read them."""

import json

import typer


def schema() -> None:
    """Print the JSON Schema of an alert record."""
    from screening.result import Screening

    shape = Screening.model_json_schema(by_alias=True, mode="serialization")
    typer.echo(json.dumps(shape, indent=2))
