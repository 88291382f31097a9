"""The shapes of a shipment and of its alert record, as JSON Schema: what clients are made and tested by.

The shape of a shipment is exact: whatever fits it is taken. What is taken besides (a country by its name,
a code with blanks in it) a description says, since no pattern can.
"""

from functools import cache
from typing import Any

from pydantic import BeforeValidator, Field, JsonValue, WithJsonSchema

from screening.io.reasons import LONGEST_CELL, answer_words
from screening.places.territories import by_identifier
from screening.result import Screening
from screening.service.posted import LONGEST_NAME, MOST_COLUMNS
from screening.shipment import COLUMNS, Kind

NUL = r"\u0000"
"""The one character that no text of a request may hold."""
Shape = dict[str, Any]
ANY_TEXT: dict[str, JsonValue] = {"x-any-text": True}
"""Of a model whose texts may hold that one too, as they are kept nowhere."""
REFERENCE = "#/components/schemas/{model}"

_CONTROL = r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]"
_FOURTH = "(0[48]|[2468][048]|[13579][26])"


def _days(year: str, leap: str) -> str:
    months = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    return f"({year}-({months}|02-(0[1-9]|1[0-9]|2[0-8]))|{leap}-02-29)"


_DAY = _days("[1-9][0-9]{3}", f"([1-9][0-9]{_FOURTH}|([2468][048]|[13579][26])00)")
_YEAR = "(1[89]|20)[0-9]{2}"
"""Of a birth that may matter now."""
_BIRTH = f"{_days(_YEAR, f'((1[89]|20){_FOURTH}|2000)')}|(circa )?{_YEAR}"
_HS_CODE = r"[0-9]{4}\.?[0-9]{2}(\.?[0-9]{2}){0,2}"
_BLANK: Shape = {"enum": ["", None]}


def _text(pattern: str) -> Shape:
    return {"type": "string", "pattern": f"^({pattern})$"}


BIRTH_DATE = WithJsonSchema({"type": "string", "pattern": f"^({_BIRTH})?$"})
"""Of a field that is as much of a birth date as is known; it may be left blank."""


def _whole(asked: Any) -> Any:
    return int(asked) if isinstance(asked, float) and asked.is_integer() else asked


WHOLE = BeforeValidator(_whole)
"""Of a strict whole number, which JSON may write with a point, as 3.0."""


@cache
def _country_codes() -> tuple[str, ...]:
    return tuple(sorted({code for code in by_identifier().values() if code and len(code) == 2}))


def _only_countries(shape: Shape) -> None:
    shape["enum"] = list(_country_codes())


ONE_OF_COUNTRIES = Field(json_schema_extra=_only_countries)
"""Of a parameter that is a country."""


def _reference(name: str) -> Shape:
    return {"$ref": REFERENCE.format(model=name)}


def _cell() -> Shape:
    # Said by what it lacks, which generators of tests make texts from six times as fast.
    return {"type": "string", "maxLength": LONGEST_CELL, "not": {"pattern": _CONTROL}}


def _ways() -> dict[Kind, list[Shape]]:
    """How a cell of each kind may be written, beside left blank."""
    ports = f"({'|'.join(_country_codes())})[A-Z0-9]{{3}}"
    whole = {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}
    return {
        Kind.TEXT: [_cell()],
        Kind.DATE: [_text(_DAY)],
        Kind.COUNTRY: [_reference("Country")],
        Kind.COUNTRIES: [{"type": "array", "items": _reference("Country")}],
        Kind.HS_CODE: [_text(_HS_CODE)],
        Kind.LOCODE: [_text(ports)],
        Kind.AMOUNT: [{"type": "number", "minimum": 0}, _text(r"[0-9]{1,15}(\.[0-9]{1,15})?")],
        Kind.COUNT: [whole, _text("[0-9]{1,18}")],
        Kind.YES_NO: [{"type": "boolean"}, {"enum": sorted(answer_words())}],
    }


_SAID = {
    Kind.TEXT: "Any text without control characters.",
    Kind.DATE: "A day, as ISO 8601 writes it.",
    Kind.COUNTRY: "An ISO 3166 code; a name in English, Turkish, Russian, German or French is read too.",
    Kind.COUNTRIES: "In the order of travel; a text with `;` between countries is read too.",
    Kind.HS_CODE: "6 to 10 digits; points and blanks between them are passed over.",
    Kind.LOCODE: "The UN/LOCODE of a port.",
    Kind.AMOUNT: "0 or more, with a decimal point.",
    Kind.COUNT: "A whole number.",
    Kind.YES_NO: "Yes or no.",
}
_NAMES = {
    Kind.TEXT: "Text",
    Kind.DATE: "Day",
    Kind.COUNTRY: "CountryCell",
    Kind.COUNTRIES: "Countries",
    Kind.HS_CODE: "HsCode",
    Kind.LOCODE: "Locode",
    Kind.AMOUNT: "Amount",
    Kind.COUNT: "Count",
    Kind.YES_NO: "YesOrNo",
}


def _column(kind: Kind) -> Shape:
    return {"title": _NAMES[kind], "description": _SAID[kind], "anyOf": [*_ways()[kind], _BLANK]}


def mapping_shape() -> Shape:
    """What a mapping file may be at the least."""
    return {
        **_text(rf'columns: \{{"[A-Za-z]{{1,40}}": ({"|".join(COLUMNS)})\}}'),
        "description": "A mapping file, in YAML: the contract's columns for headers of the file, and its "
        "`date_format`, `decimal`, `thousands`, `separator` and `encoding`. The pattern is of the shortest.",
    }


def shipment_shape() -> Shape:
    """What a shipment may be: every column of the contract, and others that are carried through."""
    return {
        "title": "Shipment",
        "description": "One consignment line. Every column is optional; a blank or null one is unknown, but "
        "for `transit_countries`, where a blank says that there are none. Other columns are carried through.",
        "type": "object",
        "properties": {name: _reference(_NAMES[column.kind]) for name, column in COLUMNS.items()},
        "additionalProperties": {"anyOf": [_cell(), {"type": ["number", "boolean", "null"]}]},
        "propertyNames": {"minLength": 1, "maxLength": LONGEST_NAME, "not": {"pattern": NUL}},
        "maxProperties": MOST_COLUMNS,
    }


def record_shape() -> tuple[Shape, dict[str, Shape]]:
    """What the answer for a shipment is, and the parts that it names."""
    shape = Screening.model_json_schema(by_alias=True, mode="serialization", ref_template=REFERENCE)
    parts: dict[str, Shape] = shape.pop("$defs", {})
    shape["title"] = "Record"
    shape["properties"]["alert"] = {
        "anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}],
        "description": "The alert that stands for the shipment's line; null for one that was always clear",
    }
    return shape, parts


def shapes() -> dict[str, Shape]:
    """All of these by their names."""
    record, parts = record_shape()
    country = {"title": "Country", "type": "string", "enum": list(_country_codes())}
    columns = {_NAMES[kind]: _column(kind) for kind in Kind}
    return {"Shipment": shipment_shape(), "Country": country, "Record": record} | columns | parts
