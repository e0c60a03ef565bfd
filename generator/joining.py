"""Pages put together in chunks of documents, in parallel; a chunk whose files stand already is not made again.

The key of a chunk is a hash of everything its pages can see (`generator.pages.scope`): the outline of the site, and of its own
documents, in every language, their parsed pages and where their links lead. Under the key waits the list of the files that came out, by
hash; where the old site has them all they are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import Final

import msgspec
from msgspec import Struct

from generator import addresses, ledger, pages
from generator.cache import key_of
from generator.exports import page_data
from generator.model import Artifact, DocPath, KnowledgeBase, Lang
from generator.pages import Inputs, Sheet, Site
from generator.publish.standing import Old, Standing, named, stands
from generator.site import Library
from generator.workers import CHUNK, Crew, Shared, chunks

_ENCODER: Final = msgspec.msgpack.Encoder(order="deterministic", enc_hook=str)
_PAGES: Final = 8
"""Documents that are kept together: an edit makes so many anew in each language."""
_MADE: Final = msgspec.msgpack.Decoder(tuple[Artifact, ...])
_STANDING: Final = msgspec.msgpack.Decoder(tuple[Standing, ...])

File = Artifact | Standing


class _Work(Struct, frozen=True):
    """What a worker needs for any page of the site. `old` is the old one."""

    inputs: Inputs
    library: Library
    outline: KnowledgeBase
    old: Old


class _Part(Struct, frozen=True):
    """Pages to be put together: those of some documents, the sheet that holds them, the overviews, or others of a language or the site.

    Under `key`, where there is one, waits the list of its files.
    """

    kind: str
    lang: Lang
    paths: tuple[DocPath, ...] = ()
    key: str = ""
    sheet: Sheet | None = None


_Task = tuple[Shared[_Work], _Part]


def joined(inputs: Inputs, library: Library, old: Old, workers: Crew) -> Iterator[File]:
    """Every page of the site, its data beside it, and every file of the theme and the content that pages need.

    `library` has the parsed pages. What little is missing is made by a copy of this process while what stands is handed on.
    """
    work = _Work(inputs, library, pages.outline(inputs.kb), old)
    yield from pages.content_files(inputs.copies)
    parts = tuple(_parts(work))
    standing = {part.key: files for part in parts if part.key and (files := _standing(work, part.key))}
    missing = [part for part in parts if part.key not in standing]
    with workers.share(work) as shared:
        todo = tuple((shared, part) for part in missing)
        if len(todo) <= 1 + 3 * len(inputs.kb.languages):
            with workers.aside(lambda: _ENCODER.encode(_several(todo))) as made:
                yield from chain.from_iterable(standing.values())
                yield from _MADE.decode(made())
        else:
            yield from chain.from_iterable(standing.values())
            yield from chain.from_iterable(workers.run(_several, chunks(todo, max(CHUNK // _PAGES, 1))))


def _parts(work: _Work) -> Iterator[_Part]:
    """The work in pieces, those that can be kept with the key of all that they can see."""
    kb, keys = work.inputs.kb, work.library.keys
    seen = _seen(work)
    reference = kb.documents[kb.reference.lang] if kb.reference else {}
    places = tuple(sorted(pages.record_places(kb)))

    @cache
    def said(path: DocPath) -> str:
        """The hash of what a document is in every language."""
        own = [(lang, keys[lang, path], kb.links[lang][path], pages.known(work.inputs, lang, path)) for lang in kb.documents if (lang, path) in keys]
        return key_of("said", path, _ENCODER.encode(own))

    def part(kind: str, lang: Lang, paths: tuple[DocPath, ...], sheet: Sheet | None = None) -> _Part:
        return _Part(kind, lang, paths, key_of(kind, sheet.url if sheet else "", seen, lang, *map(said, paths)), sheet)

    yield _Part("site", Lang(""))
    for lang, documents in kb.documents.items():
        yield _Part("language", lang)
        yield part("overviews", lang, places)
        for chunk in chunks(tuple({**reference, **documents}), _PAGES):
            yield part("documents", lang, chunk)
        for sheet in pages.printable(kb, lang).sheets:
            yield part("sheet", lang, sheet.section.pages, sheet)


def _seen(work: _Work) -> str:
    """The hash of what every page can see."""
    inputs = work.inputs
    parts = (work.outline, inputs.config, inputs.search, sorted(inputs.copies.items()))
    return key_of("seen", ledger.surroundings(inputs.config), *map(_ENCODER.encode, parts))


def _files(task: _Task) -> tuple[Artifact, ...]:
    """The files of a part, made anew."""
    shared, part = task
    work = shared.get()
    if not part.key:
        return tuple(pages.site_files(_site(shared)) if part.kind == "site" else pages.language_pages(_whole(shared), part.lang))
    return _kept(work, part.key, tuple(_made(shared, part)))


def _several(tasks: tuple[_Task, ...]) -> list[Artifact]:
    return [file for task in tasks for file in _files(task)]


def _standing(work: _Work, key: str) -> tuple[Standing, ...]:
    """The files that were once made of the same, if the old site has every byte of them; else nothing."""
    data = work.library.cache.read(key)
    files = _STANDING.decode(data) if data else ()
    return files if all(stands(work.old, file) for file in files) else ()


def _made(shared: Shared[_Work], part: _Part) -> Iterator[Artifact]:
    """The overviews, the sheet of some documents, or their pages and data."""
    seen, lang = pages.opened(_site(shared), shared.get().inputs, part.paths), part.lang
    if part.sheet:
        yield from pages.sheet_pages(seen, lang, (part.sheet,))
    elif part.kind == "overviews":
        yield from pages.overview_pages(seen, lang)
    else:
        yield from pages.document_pages(seen, lang, part.paths)
        yield from page_data(seen.kb, addresses, lang, [seen.views[lang].documents[path] for path in part.paths], shared.get().library.tables)


def _kept(work: _Work, key: str, files: tuple[Artifact, ...]) -> tuple[Artifact, ...]:
    """The files, their list kept under the key."""
    work.library.cache.write(key, _ENCODER.encode([named(file.path, file.data) for file in files]))
    return files


@lru_cache(maxsize=1)
def _site(shared: Shared[_Work]) -> Site:
    """The site as every page sees it, prepared once in each worker."""
    work = shared.get()
    return pages.closed(work.inputs, work.outline)


@lru_cache(maxsize=1)
def _whole(shared: Shared[_Work]) -> Site:
    """The site with everything."""
    return pages.whole(_site(shared), shared.get().inputs)
