"""What real files do to true rows: cells left out, countries and codes written in other ways.

The rates are those of ordinary files, the same for honest and crooked rows. A cell is never changed
into something false.
"""

import numpy as np

from screening.places.countries import country_name
from tests.worlds.scene import Row

BLANK = {
    **dict.fromkeys(("consignee_registered_on", "exporter_registered_on", "consignee_address"), 0.02),
    **dict.fromkeys(("exporter_address", "end_user_country", "notify_party_country", "carrier_name"), 0.05),
    **dict.fromkeys(
        ("freight_forwarder_name", "freight_forwarder_country", "bank_name", "bank_country"), 0.1
    ),
    **dict.fromkeys(("port_of_loading", "incoterm", "country_of_origin", "country_of_export"), 0.05),
    **dict.fromkeys(("declared_end_use", "eccn", "invoice_number", "container_number"), 0.02),
    **dict.fromkeys(("port_of_discharge", "payer_name", "payer_country", "payment_method"), 0.02),
    **dict.fromkeys(
        ("goods_description", "quantity", "net_weight_kg", "value", "country_of_destination"), 0.01
    ),
}
"""The share of cells that are left out, by column."""
_COUNTRIES = (
    "exporter_country",
    "consignee_country",
    "end_user_country",
    "country_of_destination",
    "payer_country",
)


def worn(rng: np.random.Generator, row: Row, blanks: float = 1.0) -> Row:
    """The row as a real file would hold it; `blanks` times the usual share of cells is left out."""
    chances = rng.random(len(BLANK))
    out = dict(row)
    for (column, share), chance in zip(BLANK.items(), chances, strict=True):
        if chance < share * blanks and column in out:
            out[column] = ""
    turn = rng.random()
    if turn < 0.06:
        column = _COUNTRIES[int(rng.integers(len(_COUNTRIES)))]
        out[column] = country_name(out[column]) if out.get(column) else ""
    elif turn < 0.2:
        out["hs_code"] = _written(rng, out["hs_code"])
    elif turn < 0.24:
        out["goods_description"] = out["goods_description"].upper()
    return out


def _written(rng: np.random.Generator, code: str) -> str:
    """The code with its dots, or with the digits that a nation adds."""
    if not code or rng.random() < 0.5:
        return f"{code[:4]}.{code[4:]}" if code else code
    return code + ("00", "10", "0000", "90")[int(rng.integers(4))]
