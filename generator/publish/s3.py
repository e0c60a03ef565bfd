"""Publish to a bucket of an S3-compatible store.

Every file goes first, under its hash, to `.sintoma/blobs/`: an interrupted upload resumes with what is missing, and
pages that are shown stay untouched. Then the store itself copies what has changed to its place: hashed assets first,
pages after them, so that no page ever asks for what is not there. `.sintoma/current.json` says which release is
shown; it is claimed and set by conditional writes, so the second of two publishers is told. Removed pages go last;
hashed assets of the releases that are kept stay, for readers who still have an old page open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from generator.publish.bucket import THREADS, ConflictError, Store, open_store
from generator.publish.claim import OWN, PATIENCE, Pointer, check_free, claimed, pointer_of, unchanged
from generator.publish.failure import PublishError, RefusedError
from generator.publish.kinds import HTML, content_type, is_hashed
from generator.publish.manifest import NAME, Entry, Fault, Manifest, decoded, encoded, entry
from generator.publish.releases import chosen, following, releases
from generator.publish.source import read_artifacts, read_site
from generator.publish.target import Bucket, Published, Release, Verified, difference
from generator.report.visible import visible

WEAK: Final = "this store ignores conditional writes, so two publishers at once would not be noticed; see that only one runs"

T = TypeVar("T")
R = TypeVar("R")


def publish(site: Path, target: Bucket, *, dry_run: bool = False) -> Published:
    """Make a built site the one that the bucket shows.

    Raises PublishError: RefusedError for a source that is not whole, LockedError while another publisher is at it.
    """
    listing = read_site(site)
    store = open_store(target.name, target.prefix)
    pointer = pointer_of(store)
    old = _known(store, pointer.shown)
    _refuse_strangers(store, target, pointer)
    change = difference(old, listing)
    files = len(listing.files)
    settled = old == listing and not pointer.coming
    if dry_run or settled:
        shown = pointer.shown if settled else listing.release
        return Published(str(target), shown, pointer.shown, files, change, changed=not settled, dry_run=dry_run)
    check_free(target, pointer)
    with unchanged(target):
        note = "" if _is_strict(store) else WEAK
        _upload(store, site, listing)
        name = following(_names(store), listing)
        store.put(_place(name), encoded(listing))
    _show(store, target, pointer, name, listing, old, lambda alive: _upload(store, site, listing, alive))
    return Published(str(target), name, pointer.shown, files, change, changed=True, note=note)


def rollback(target: Bucket, to: str = "") -> Published:
    """Show the release before the current one again, or the one named. Raises PublishError."""
    store = open_store(target.name, target.prefix)
    pointer, names = pointer_of(store), _names(store)
    name = chosen(target, names, pointer.shown, to)
    check_free(target, pointer)
    old, listing = _release(store, pointer.shown), _release(store, name)
    _show(store, target, pointer, name, listing, old, lambda _: None)
    return Published(str(target), name, pointer.shown, len(listing.files), difference(old, listing), changed=name != pointer.shown)


def verify(target: Bucket) -> Verified:
    """Read every file of the bucket again and compare it with the manifest of the release. Raises PublishError."""
    store = open_store(target.name, target.prefix)
    pointer = pointer_of(store)
    if not pointer.shown:
        raise RefusedError(f"{target}: nothing has been published there yet")
    listing = _release(store, pointer.shown)
    found = [path for path in store.sizes() if not path.startswith(OWN)]
    faults = [Fault(path, "surplus") for path in found if path not in listing.files and path != NAME and not is_hashed(path)]

    def check(item: tuple[str, Entry]) -> Fault | None:
        stored = store.get(item[0])
        if stored is None:
            return Fault(item[0], "missing")
        return None if entry(stored.data) == item[1] else Fault(item[0], "changed")

    faults += [fault for fault in _parallel(check, listing.files.items()) if fault]
    return Verified(str(target), pointer.shown, len(listing.files), tuple(sorted(faults, key=lambda fault: fault.path)))


def status(target: Bucket) -> tuple[Release, ...]:
    """The releases that are kept, oldest first. Raises PublishError."""
    store = open_store(target.name, target.prefix)
    shown = pointer_of(store).shown
    listings = ((name, _release(store, name)) for name in _names(store))
    return tuple(Release(name, len(item.files), item.size, name == shown) for name, item in listings)


def _upload(store: Store, site: Path, listing: Manifest, alive: Callable[[], None] = lambda: None) -> None:
    """Bring the content of all files to the store, each once; what is there already stays."""
    there = store.sizes(f"{OWN}blobs/")
    missing = {path: item for path, item in listing.files.items() if there.get(_blob(item.sha256)) != item.size}
    sent: list[str] = []

    def put(data: bytes) -> None:
        sent.append(store.put(_blob(hashlib.sha256(data).hexdigest()), data))

    try:
        _parallel(put, (artifact.data for artifact in read_artifacts(site, Manifest(missing))), alive)
    except RefusedError:
        raise
    except PublishError as error:
        raise PublishError(f"{error}. {len(sent)} of {len(missing)} files were uploaded and need not be again") from None


def _show(
    store: Store, target: Bucket, pointer: Pointer, name: str, listing: Manifest, old: Manifest | None, complete: Callable[[Callable[[], None]], None]
) -> None:
    """Claim the bucket, bring every changed file to its place, and say that the release is shown.

    `complete` runs under the claim, which it keeps alive by the function it is given: it uploads again what a publisher before us has cleared
    away meanwhile.
    """
    before = {} if pointer.coming or old is None else old.files  # a publisher died half way: its pages are not known
    changed = [path for path, item in listing.files.items() if before.get(path) != item]
    with claimed(store, target, pointer, name) as claim:
        alive = partial(claim.renew, PATIENCE / 4)
        complete(alive)
        for group in (_not_pages(changed), _pages(changed)):
            _parallel(lambda path: store.copy(_blob(listing.files[path].sha256), path), group, alive)
        store.put(NAME, encoded(listing))
        gone = [path for path in store.sizes() if not path.startswith(OWN) and path not in listing.files and path != NAME]
        _parallel(store.delete, [path for path in gone if not is_hashed(path)], alive)
        _prune(store, target, {name, pointer.shown}, alive)
        claim.done()


def _refuse_strangers(store: Store, target: Bucket, pointer: Pointer) -> None:
    if pointer.etag:
        return
    found = [key for key in store.sizes() if not key.startswith(OWN)]
    if found:
        raise RefusedError(f"{target}: holds files that Sintoma did not publish ({visible(found[0])}, …); name an empty prefix")


def _is_strict(store: Store) -> bool:
    """Whether the store heeds conditional writes: it must refuse to create what is there."""
    key = f"{OWN}probe"
    store.put(key, b"")
    try:
        store.put(key, b"", only="")
    except ConflictError:
        return True
    return False


def _prune(store: Store, target: Bucket, needed: set[str], alive: Callable[[], None]) -> None:
    """Remove the oldest releases that are not needed, and the contents and hashed assets that none of the kept ones has."""
    names = _names(store)
    kept = [name for name in names if name in needed or name in names[-target.keep :]]
    _parallel(store.delete, [_place(other) for other in names if other not in kept], alive)
    listings = [_release(store, other) for other in kept]
    blobs = {_blob(item.sha256) for listing in listings for item in listing.files.values()}
    paths = {path for listing in listings for path in listing.files}
    everything = store.sizes()
    _parallel(store.delete, [key for key in everything if key.startswith(f"{OWN}blobs/") and key not in blobs], alive)
    _parallel(store.delete, [key for key in everything if not key.startswith(OWN) and is_hashed(key) and key not in paths], alive)


def _names(store: Store) -> list[str]:
    return releases(key.removeprefix(f"{OWN}releases/").removesuffix(".json") for key in store.sizes(f"{OWN}releases/"))


def _release(store: Store, name: str) -> Manifest:
    found = store.get(_place(name))
    if found is None:
        raise RefusedError(f"s3://{store.bucket}/{store.prefix}: release {visible(name)} has no manifest")
    return decoded(found.data, f"s3://{store.bucket}/{store.prefix}{_place(name)}")


def _known(store: Store, name: str) -> Manifest | None:
    """What a release consists of; None where its manifest is gone or damaged: then everything is brought anew."""
    try:
        return _release(store, name) if name else None
    except RefusedError:
        return None


def _place(name: str) -> str:
    return f"{OWN}releases/{name}.json"


def _blob(digest: str) -> str:
    return f"{OWN}blobs/{digest}"


def _pages(paths: Iterable[str]) -> list[str]:
    """Pages, those that lead to others last."""
    return sorted((path for path in paths if content_type(path) == HTML), key=lambda path: (path.endswith("index.html"), path))


def _not_pages(paths: Iterable[str]) -> list[str]:
    return [path for path in paths if content_type(path) != HTML]


def _parallel(function: Callable[[T], R], items: Iterable[T], alive: Callable[[], None] = lambda: None) -> list[R]:
    """What a function gives for each item, several at once, `alive` being called now and then; the first error ends it."""
    results: list[R] = []
    with ThreadPoolExecutor(THREADS) as pool:
        for batch in _batches(items):
            results += pool.map(function, batch)
            alive()
    return results


def _batches(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    """Few at a time, so that a large site is never in memory whole."""
    rest = iter(items)
    while batch := tuple(islice(rest, THREADS * 8)):
        yield batch
