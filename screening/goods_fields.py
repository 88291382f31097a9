"""The fields that follow from the code, the description, the quantity, the weight and the value of goods."""

from collections.abc import Iterator

from screening.field import Field, FieldType
from screening.field import all_of as _all
from screening.field import one as _one

_MONEY = ("value", "currency")
_PIECES = "pieces; a quantity that is the net weight once more is a weight"


def described_fields() -> Iterator[Field]:
    """The fields of the code and the description beside those that any rule book knows."""
    code, text = _one("hs_code"), _one("goods_description")
    revised = "the first of the codes of 2022 that the code was split into or joined with, or the code itself"
    yield Field("goods.hs6_2022", FieldType.HS6, revised, code)
    yield Field(
        "goods.class",
        FieldType.TEXT,
        "the class of goods, such as drones or luxury, that the code is in",
        code,
    )
    yield Field(
        "goods.described_hs",
        FieldType.TEXT,
        "the code of six digits that the words earn, or the heading where they reach no further, or none",
        text,
    )
    yield Field(
        "goods.described_tier",
        FieldType.TEXT,
        "the tier of the Common High Priority List that all codes that the words earn have, or none",
        text,
        unit="1, 2, 3.A, 3.B, 4.A, 4.B or none",
    )
    surely = "how surely the words earn the described code (0: they earn none)"
    yield Field("goods.description_score", FieldType.NUMBER, surely, text, unit="0 to 1")
    same = "the words of the description, the same whatever their order; unknown where they say nothing"
    yield Field("goods.text_key", FieldType.TEXT, same, text)


def figure_fields() -> Iterator[Field]:
    """The fields of quantity, weight and value together."""
    count, weight = ("quantity",), ("net_weight_kg",)
    stated = Field(
        "quantity.pieces", FieldType.NUMBER, "how many pieces the quantity comes to", (count,), "pieces"
    )
    yield _by_pieces(stated)
    value = "the value of a piece"
    yield _by_pieces(
        Field("value.usd_per_unit", FieldType.NUMBER, value, _all(*_MONEY, "quantity"), "USD/piece")
    )
    for measure, of, needs in (("kg", "a kilogram", "net_weight_kg"), ("unit", "a piece", "quantity")):
        deviation = Field(
            f"value.{measure}_deviation",
            FieldType.NUMBER,
            f"how far the value of {of} lies above (negative: below) the median of its code, "
            "in robust spreads of the logarithm",
            _all("hs_code", *_MONEY, needs),
            "spreads",
        )
        yield deviation if measure == "kg" else _by_pieces(deviation)
    heavy = "the net weight of a piece"
    yield _by_pieces(Field("weight.kg_per_unit", FieldType.NUMBER, heavy, (weight, count), "kg/piece"))
    yield Field(
        "weight.implausible",
        FieldType.BOOLEAN,
        "no piece under the code weighs that, or a quantity in kilograms is not the net weight",
        (("hs_code",), weight, count),
        blank="unknown; a blank quantity unit counts pieces",
    )


def _by_pieces(field: Field) -> Field:
    return Field(
        field.name,
        field.type,
        field.meaning,
        field.needs,
        field.unit,
        f"unknown; a blank quantity unit counts {_PIECES}",
    )
