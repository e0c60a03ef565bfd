"""Who may change what a bucket shows: `.sintoma/current.json` names the release that is shown, and is claimed and set by conditional writes."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from msgspec import Struct

from generator.publish.bucket import ConflictError, Store
from generator.publish.failure import LockedError, PublishError, RefusedError
from generator.publish.target import Bucket

OWN: Final = ".sintoma/"
CURRENT: Final = f"{OWN}current.json"
PATIENCE: Final = 120
"""Seconds after which a publisher that has said nothing is taken for dead."""


class Pointer(Struct, frozen=True):
    """What current.json says: the release that is shown, the one that somebody is about to show, and whether they are still at it.

    `age` is how long ago it was written, in seconds by the store's clock: those of two publishers need not agree.
    """

    shown: str = ""
    coming: str = ""
    held: bool = False
    age: float = 0.0
    etag: str = ""


class Claim(Struct):
    """The right to change what a bucket shows to the release `name`; nobody else has it while its mark stands."""

    store: Store
    target: Bucket
    shown: str
    name: str
    etag: str
    said: float = 0.0

    def renew(self, after: float = 0.0) -> None:
        """Say that we are at work, if the last time was so many seconds ago. Raises LockedError where somebody else came first."""
        if time.monotonic() - self.said < after:
            return
        try:
            self._put(Pointer(self.shown, self.name, held=True))
        except ConflictError:
            raise LockedError(f"{self.target}: somebody else published at the same time; look at the status, then publish again") from None
        self.said = time.monotonic()

    def done(self) -> None:
        """Say that the release is shown. Raises PublishError where somebody took us for dead."""
        try:
            self._put(Pointer(self.name))
        except ConflictError:
            raise LockedError(
                f"{self.target}: another publisher took over while this one was at work; look at the status, then publish again"
            ) from None

    def given_back(self) -> bool:
        """Let the next publisher go on at once; whether it may."""
        try:
            self._put(Pointer(self.shown, self.name))
        except (PublishError, ConflictError):
            return False
        return True

    def _put(self, pointer: Pointer) -> None:
        """Set the pointer. A write whose answer was lost is made again and refused then: what stands there tells whose it is."""
        data = _told(pointer)
        try:
            self.etag = self.store.put(CURRENT, data, only=self.etag)
        except ConflictError:
            found = self.store.get(CURRENT)
            if found is None or found.data != data:
                raise
            self.etag = found.etag


@contextmanager
def unchanged(target: Bucket) -> Iterator[None]:
    """Say, where something fails before a bucket is claimed, that its visitors notice nothing."""
    try:
        yield
    except (LockedError, RefusedError):
        raise
    except PublishError as error:
        raise PublishError(f"{error}. What {target} shows has not changed") from None


@contextmanager
def claimed(store: Store, target: Bucket, pointer: Pointer, name: str) -> Iterator[Claim]:
    """Change what a bucket shows to the release `name`; where that fails half way, say what visitors see, and let others go on."""
    claim = Claim(store, target, pointer.shown, name, pointer.etag)
    with unchanged(target):
        claim.renew()
    try:
        yield claim
    except LockedError:
        raise
    except (PublishError, KeyboardInterrupt) as error:
        when = "again" if claim.given_back() else f"again in {PATIENCE} s, when this publisher is taken for dead"
        raise PublishError(
            f"{error or 'stopped'}. Visitors may see some pages of this release and others of the one before, each of them whole, until it is published {when}"
        ) from None


def check_free(target: Bucket, pointer: Pointer) -> None:
    """Raise LockedError while another publisher is at work."""
    if pointer.held and pointer.age < PATIENCE:
        raise LockedError(
            f"{target}: release {pointer.coming} is being published (heard of {pointer.age:.0f} s ago); wait until it is done. "
            f"If that publisher has died, try again in {PATIENCE - pointer.age:.0f} s"
        )


def pointer_of(store: Store) -> Pointer:
    """What current.json says. Raises RefusedError where it is damaged."""
    found = store.get(CURRENT)
    if found is None:
        return Pointer()
    try:
        value = json.loads(found.data)
        return Pointer(str(value["shown"]), str(value["coming"]), bool(value["held"]), found.age, found.etag)
    except (ValueError, KeyError, TypeError):
        raise RefusedError(f"s3://{store.bucket}/{store.prefix}{CURRENT}: is damaged; delete it, then publish again") from None


def _told(pointer: Pointer) -> bytes:
    value = {"shown": pointer.shown, "coming": pointer.coming, "held": pointer.held, "writer": uuid.uuid4().hex}
    return json.dumps(value).encode()
