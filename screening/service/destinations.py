"""Where a webhook may be: anybody may type in an address, so none is asked that only our network reaches.

The address that was checked is the one that is connected to: a name may stand for another the next moment.
"""

import ipaddress
import socket
from collections.abc import Callable, Iterable

import httpx

Addresses = Callable[[str, int], Iterable[str]]
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""Addresses of the old kind, as a network that has only new ones writes them."""


class ForbiddenAddressError(Exception):
    """An address that must not be asked."""


def addresses_of(host: str, port: int) -> Iterable[str]:
    """The addresses that a name stands for. Raises OSError for a name that is none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return dict.fromkeys(str(one[4][0]) for one in found)


def is_public(address: str) -> bool:
    """Whether the address is one of the internet's: no machine's own, no network's own, none in disguise."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv4Address):
        return found.is_global and not found.is_multicast
    hidden = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
    if hidden:
        return is_public(str(hidden))
    return found.is_global and not found.is_multicast and found not in _TRANSLATED


def checked(url: httpx.URL, private: bool, addresses: Addresses = addresses_of) -> list[httpx.URL]:
    """The URL with each of the addresses to connect to in the place of its name.

    Raises ForbiddenAddressError unless it is an https address, and all that its name stands for are public,
    or all may be `private`; OSError for a name that stands for nothing.
    """
    port = url.port or (443 if url.scheme == "https" else 80)
    found = list(addresses(url.host, port))
    if not private:
        if url.scheme != "https":
            raise ForbiddenAddressError("not an https address")
        if not all(map(is_public, found)):
            raise ForbiddenAddressError("an address of this machine or its network")
    return [url.copy_with(host=address, port=port) for address in found]
