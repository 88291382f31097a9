"""The fields of the route: where goods leave, what they pass and where they arrive, as stated.

Each is a fact of geography; landlocked countries are reached by detours, and honest traders sit in free
zones.
"""

from collections.abc import Iterator

from screening.field import DESTINATION, EXPORT, Field, FieldType, all_of, one

_PORTS = ("port_of_loading", "port_of_discharge")
_WAY = ("transit_countries", *_PORTS)


def route_fields() -> Iterator[Field]:
    """The country of each end, the way between them, the ports and the means of transport."""
    destination = one(*DESTINATION)
    yield Field("export.country", FieldType.COUNTRY, "the country that the goods leave", one(*EXPORT))
    yield Field(
        "destination.country", FieldType.COUNTRY, "the country that the goods are said to reach", destination
    )
    yield Field(
        "route.transit_countries",
        FieldType.COUNTRIES,
        "the countries on the way, in order of travel",
        one("transit_countries"),
        blank="none stated",
    )
    yield from _port_fields("loading", EXPORT)
    yield from _port_fields("discharge", DESTINATION)
    landlocked = "the country of destination has no sea coast"
    yield Field("route.destination_landlocked", FieldType.BOOLEAN, landlocked, destination)
    yield from _path_fields()
    yield from _transport_fields()
    yield from _corridor_fields()


def _port_fields(end: str, stated: tuple[str, ...]) -> Iterator[Field]:
    port = f"port_of_{end}"
    yield Field(
        f"route.{end}_country", FieldType.COUNTRY, f"the country in which the port of {end} lies", one(port)
    )
    yield Field(
        f"route.{end}_elsewhere",
        FieldType.BOOLEAN,
        f"the port of {end} lies in another country than the shipment states",
        ((port,), stated),
    )


def _path_fields() -> Iterator[Field]:
    yield Field(
        "route.passed_countries",
        FieldType.COUNTRIES,
        "the countries of ports and transit that the goods neither leave nor are said to reach, in order",
        (_WAY, EXPORT, DESTINATION),
    )
    yield Field(
        "route.detour_ratio",
        FieldType.NUMBER,
        "the way by the stated ports and transit countries over the straight way, both at their shortest",
        (EXPORT, DESTINATION),
        unit="1: no detour; a straight way under 750 km counts as 750 km",
        blank="no port or transit stated: no detour by it",
    )
    yield Field(
        "route.unknown_place",
        FieldType.BOOLEAN,
        "a port has a code that UN/LOCODE does not have; told of countries on Russia's rim and around",
        one(*_PORTS),
    )
    border = "a port is a town, station or crossing at a border of Russia or Belarus"
    yield Field("route.border_town", FieldType.BOOLEAN, border, one(*_PORTS))
    zone = "a port, or the place of delivery by its words, is a free zone"
    yield Field("route.free_zone", FieldType.BOOLEAN, zone, one(*_PORTS, "delivery_place"))


def _transport_fields() -> Iterator[Field]:
    yield Field(
        "transport.mode", FieldType.TEXT, "the mode of transport, in lower case", one("transport_mode")
    )
    yield Field(
        "transport.kind",
        FieldType.TEXT,
        "the mode of transport in one word, whatever language or code it is written in, or other",
        one("transport_mode"),
        unit="sea, rail, road, air, mail, fixed, inland water, multimodal, own power or other",
    )
    yield Field(
        "route.mode_impossible",
        FieldType.BOOLEAN,
        "the mode of transport can't serve a port, or not the way from end to end",
        (*all_of("transport_mode"), (*_PORTS, *EXPORT)),
    )


_CORRIDOR = {
    "gap": ("what the country of destination did not record of what the country of export sent", "0 to 1"),
    "surge": ("how many times what it had been before trade on the lane has become", "times"),
    "score": ("how surely, by statistics, goods go on by this lane to where they were lost", "0 to 1"),
}


def _corridor_fields() -> Iterator[Field]:
    for measure, (meaning, unit) in _CORRIDOR.items():
        yield Field(
            f"route.corridor_{measure}",
            FieldType.NUMBER,
            f"{meaning}, in such goods, by the lists of corridors on the shipment's date (0: none)",
            (EXPORT, DESTINATION, ("hs_code",)),
            unit=unit,
        )
