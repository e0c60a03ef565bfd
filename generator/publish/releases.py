"""Names of releases, `0007-1f0c…`: counted up, and after the number the name that the site itself has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from generator.publish.failure import RefusedError
from generator.publish.manifest import Manifest
from generator.publish.target import Target
from generator.report.visible import visible

_NAME: Final = re.compile(r"(\d{4,})-[0-9a-f]{16}")


def is_release(name: str) -> bool:
    """Whether this is the name of a release."""
    return _NAME.fullmatch(name) is not None


def releases(names: Iterable[str]) -> list[str]:
    """Those of the names that are a release's, oldest first."""
    return sorted(filter(is_release, names), key=_number)


def following(names: Iterable[str], listing: Manifest) -> str:
    """The name of a new release, after all that there are."""
    return f"{max(map(_number, names), default=0) + 1:04}-{listing.release}"


def chosen(target: Target, names: Sequence[str], shown: str, to: str) -> str:
    """The release to go back to: the one named, or the one before that which is shown. Raises RefusedError where there is none."""
    older = names[: names.index(shown)] if shown in names else []
    name = to or (older[-1] if older else "")
    if name not in names:
        raise RefusedError(f"{target}: there is no release {visible(to) or 'before this one'}; there are {', '.join(names) or 'none'}")
    return name


def _number(name: str) -> int:
    return int(name.partition("-")[0])
