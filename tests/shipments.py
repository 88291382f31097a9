"""Shipments of every kind, made at random: listed parties and honest ones, hubs, detours and blanks."""

import random

from hypothesis import strategies as st

from screening import Shipment

Row = dict[str, str]
WORDS = {
    "shipment_date": ("2024-11-20", "2022-02-24", "2023-04-11", "2021-06-01", ""),
    "consignee_name": ("Azu International Ltd Sti", "Ertis Cargo Logistics LLP", "Demir Bank", "---", ""),
    "exporter_name": ("Harmonia Tekstil AS", "JSC Rosoboronexport", ""),
    "payer_name": ("Azu International", "Ertis Line LLP", ""),
    "payer_country": ("RU", "KZ", ""),
    "consignee_country": ("KZ", "RU", "Türkiye", ""),
    "consignee_registered_on": ("2022-05-11", "2005-01-01", ""),
    "end_user_country": ("BY", "AZ", ""),
    "country_of_origin": ("US", "CN", ""),
    "exporter_country": ("TR", "DE", ""),
    "hs_code": ("854231", "8542.32.0000", "610910", ""),
    "goods_description": ("FPGA processors", "cotton shirts", "parts", ""),
    "declared_end_use": ("general use", "servers of a hospital", ""),
    "transit_countries": ("RU", "GE;AZ", ""),
    "port_of_discharge": ("RUNVS", "GEPTI", ""),
    "vessel_imo": ("9074729", ""),
}
ROWS = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in WORDS.items()})


def rows(count: int, seed: int = 7) -> list[Row]:
    rng = random.Random(seed)
    return [{"shipment_id": f"S{n}"} | {c: rng.choice(v) for c, v in WORDS.items()} for n in range(count)]


def shipment(row: Row) -> Shipment:
    return Shipment(**row)
