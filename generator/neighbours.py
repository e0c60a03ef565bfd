"""What lies outside of the site and its links lead to: sites whose inventory is known, and how the rest is asked."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from generator.disk import is_file
from generator.errors import SiteError
from generator.located import Places

DAY: Final = 86_400.0


class Sister(Struct, frozen=True):
    """A site that Sintoma built: where it is published, and the list of its pages and ids (`inventory.json`)."""

    name: str
    url: str
    inventory: Path
    line: int = 1


class Outside(Struct, frozen=True):
    """How addresses outside are asked by `check --online`; times in seconds.

    A good answer counts for `good_for`, a failed one for `failed_for`; an address that fails is a fault after `patience`.
    `allow` are names and networks that may be asked although they are private, `skip` globs of addresses that are not asked.
    """

    good_for: float = 7 * DAY
    failed_for: float = DAY / 4
    patience: float = 3 * DAY
    per_host: int = 2
    timeout: float = 20
    allow: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()

    def networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks among what is allowed."""
        return tuple(network for item in self.allow if (network := _network(item)))


def outside(value: Mapping[str, Any]) -> Outside:
    """What a site.yml says of asking."""
    item, usual = value.get("online", {}), Outside()
    return Outside(
        good_for=item["good_for_days"] * DAY if "good_for_days" in item else usual.good_for,
        failed_for=item["failed_for_hours"] * 3600 if "failed_for_hours" in item else usual.failed_for,
        patience=item["fails_after_days"] * DAY if "fails_after_days" in item else usual.patience,
        per_host=item.get("per_host", usual.per_host),
        timeout=item.get("timeout", usual.timeout),
        allow=tuple(item.get("allow", ())),
        skip=tuple(item.get("skip", ())),
    )


def sisters(path: Path, value: Mapping[str, Any], places: Places) -> tuple[Sister, ...]:
    """The sister sites of a site.yml. Raises SiteError where an inventory is not there."""
    folder = path.resolve().parent
    found = []
    for name, item in value.get("sisters", {}).items():
        line, column = places[("sisters", name)]
        inventory = folder / item["inventory"]
        if not is_file(inventory):
            raise SiteError(
                f"{path}:{line}:{column}: sisters.{name}.inventory: there is no file {item['inventory']}; "
                "build that site and take its inventory.json, or mend the path"
            )
        found.append(Sister(name, str(item["url"]).rstrip("/"), inventory, line))
    return tuple(found)


def _network(written: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(written, strict=False)
    except ValueError:
        return None
