"""Which machines may be asked: the public internet, and what site.yml allows besides.

A name is looked up once for each request; the addresses that were looked at are those that are connected to, so a name
that leads elsewhere a moment later gains nothing. An address in a URL is looked at the same way.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, Final

from aiohttp.abc import AbstractResolver, ResolveResult
from msgspec import Struct

from generator.neighbours import Outside

Lookup = Callable[[str, int], Awaitable[list[Any]]]
"""Name and port -> what `getaddrinfo` gives."""

_TRANSLATED: Final = IPv6Address("64:ff9b::")


class PrivateError(Exception):
    """A name or an address leads into a network that is not public; the message names it."""


async def looked_up(host: str, port: int) -> list[Any]:
    """What the system's resolver says."""
    return await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)


class Gate(Struct, frozen=True):
    """Decides about machines."""

    outside: Outside

    def passes(self, host: str, address: str) -> bool:
        """Whether a machine may be asked that goes by a name and has an address."""
        number = ip_address(address.partition("%")[0])
        return host in self.outside.allow or is_public(number) or any(number in network for network in self.outside.networks())

    def look(self, host: str) -> None:
        """Raise PrivateError for a host that is written as an address which may not be asked."""
        try:
            ip_address(host.partition("%")[0])
        except ValueError:
            return
        if not self.passes(host, host):
            raise PrivateError(host)


def is_public(number: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the public internet; one that stands inside another counts as well."""
    if isinstance(number, IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else None)
        if inner is None and int(number) >> 32 == int(_TRANSLATED) >> 32:
            inner = IPv4Address(int(number) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(inner)
    return number.is_global and not number.is_multicast and not number.is_reserved


class Resolver(AbstractResolver):
    """What aiohttp asks for the addresses of a name: only those that pass the gate come back."""

    def __init__(self, gate: Gate, lookup: Lookup = looked_up) -> None:
        """Take the gate, and what knows names."""
        self._gate, self._lookup = gate, lookup

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        """The addresses of a name that may be connected to. Raises PrivateError where there are only others, OSError where none."""
        del family
        found = await self._lookup(host, port)
        passed = [entry for entry in found if self._gate.passes(host, str(entry[4][0]))]
        if found and not passed:
            raise PrivateError(f"{host} ({found[0][4][0]})")
        return [
            ResolveResult(hostname=host, host=str(entry[4][0]), port=port, family=entry[0], proto=entry[2], flags=socket.AI_NUMERICHOST)
            for entry in passed
        ]

    async def close(self) -> None:
        """Nothing is held open."""
