"""Disk -> SourceFile: the only module that opens content.

Nothing but regular files inside a language's folder is ever opened: symbolic links, pipes and devices are
refused with a finding, so that nothing from elsewhere is published and nothing hangs.
"""

from __future__ import annotations

import errno
import hashlib
import os
import posixpath
import re
import stat
import sys
from collections.abc import Callable, Container, Iterator
from fnmatch import translate
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Final

from msgspec import Struct

from generator.config import Config, LanguageConfig
from generator.disk import is_file
from generator.errors import SiteError
from generator.model import DocPath, Finding, Limits, SourceFile, Span, Tree

_PART: Final = 250
"""Bytes of one part of a path: file systems take 255, and `.html` is longer than `.md`."""
_STRANGE: Final = re.compile(r"(?i)\.(?!(?-i:md)$)(?:md|markdown|mdown|mkd)$")
"""Endings of Markdown files elsewhere."""
_RESERVED: Final = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?|.*\\.*|.*[. ]|.*[. ]\.md")
"""Names that Windows cannot check out or that mean a folder there."""
SHARED: Final = "do-not-localize"
"""A folder whose files are the same in every language."""
_MOST: Final = Limits().file_bytes
"""Bytes of files beside the pages: lists, snippets, tables of contents."""
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_BLOCK: Final = 4096
"""Bytes to ask for at least."""
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def tree(config: Config, language: LanguageConfig) -> Tree:
    """List a language's folder. Paths are relative to its root, with forward slashes, in sorted order.

    `listed` are files known from the list of assets, `..` in front where they lie above the root.
    """
    pages: list[DocPath] = []
    files: set[str] = set()
    folders: set[str] = {""}
    tocs: list[str] = []
    problems: list[Finding] = []
    for path, entry in _walk(language.root):
        if entry.is_dir(follow_symlinks=False):
            folders.add(path)
        elif not entry.is_file(follow_symlinks=False):
            problems.append(_refused(language, path, "is no regular file (a link, pipe or device); it is left out"))
        elif not path.isprintable():
            problems.append(_refused(language, path, "has a control character in its name; rename it"))
        elif _RESERVED.fullmatch(entry.name):
            problems.append(_refused(language, path, "has a name that Windows reserves or reads as a folder; rename it"))
        elif (long := _too_long(path, config.limits.path_bytes)):
            problems.append(_refused(language, path, long, "path-too-long"))
        else:
            files.add(path)
            if _is_toc(path, language):
                tocs.append(path)
            elif is_page(config, language, path):
                pages.append(DocPath(path))
            elif (stem := _STRANGE.sub("", path)) != path and is_page(config, language, f"{stem}.md"):
                problems.append(_refused(language, path, "is no page, since pages end in .md; rename it, or leave it out (exclude in site.yml)"))
    return Tree(
        pages=tuple(sorted(pages)),
        files=frozenset(files),
        folders=frozenset(folders),
        listed=_listed(language),
        slash=slash(language),
        tocs=tuple(DocPath(path) for path in sorted(tocs, key=lambda path: (path != language.toc, path))),
        problems=tuple(problems),
    )


def is_page(config: Config, language: LanguageConfig, path: str) -> bool:
    """Whether a file at a path below a language's root is a page to be published."""
    return path.endswith(".md") and not _is_toc(path, language) and (not globs(config.exclude)(path) or globs(config.include)(path))


def _is_toc(path: str, language: LanguageConfig) -> bool:
    return path == language.toc or posixpath.basename(path) == "TOC.md"


def source(config: Config, language: LanguageConfig, path: DocPath) -> tuple[SourceFile | None, Finding | None]:
    """Read one page: the file, or the finding that says why not."""
    file, most = f"{language.base}/{path}", config.limits.file_bytes
    try:
        data = _bytes(language.root / path, most)
    except OSError as error:
        if error.errno == errno.EFBIG:
            return None, _refused(language, path, f"is larger than {_sized(most)}; split it (limits.file_bytes in site.yml)", "file-too-large")
        return None, _refused(language, path, f"cannot be read: {error.strerror or error}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        message = f"This is no UTF-8 text (byte {error.start}: {data[error.start]:#04x}); save the file as UTF-8."
        return None, Finding("file-encoding", file, Span(line, column, line, column + 1), message, language.lang)
    found = SourceFile(language.lang, path, file, text, hashlib.sha256(data).hexdigest(), limits=config.limits, troubles=globs(config.troubles)(path))
    if control := _CONTROLS.search(text):
        line = text.count("\n", 0, control.start()) + 1
        column = control.start() - text.rfind("\n", 0, control.start())
        message = f"Here stands the invisible control character U+{ord(control[0]):04X}; remove it."
        return found, Finding("file-encoding", file, Span(line, column, line, column + 1), message, language.lang)
    return found, None


def digest(config: Config, language: LanguageConfig, path: DocPath) -> str:
    """The SHA-256 of a page's bytes, or nothing where they cannot be read."""
    try:
        return hashlib.sha256(_bytes(f"{language.root}/{path}", config.limits.file_bytes)).hexdigest()
    except OSError:
        return ""


def text(path: Path) -> str | None:
    """The text of a small file beside the content (redirects, queries), or None where there is none. Raises SiteError where it can't be read."""
    try:
        return _bytes(path).decode("utf-8-sig", "replace")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None
    except OSError as error:
        why = "it is a symbolic link" if error.errno == errno.ELOOP else error.strerror
        raise SiteError(f"{path}: this file cannot be read: {why}") from None


def snippet(language: LanguageConfig, path: str) -> str | None:
    """The text of a snippet, its path relative to the language's repository folder.

    None where there is none, and where it is hidden, outside or behind a symbolic link. One in a folder `do-not-localize` may be the
    reference's.
    """
    place = language.repository / path
    hidden = any(part.startswith(".") for part in path.removeprefix(f"{slash(language)}/").split("/"))
    if hidden or place.resolve() != language.repository.resolve() / path:
        return None
    try:
        return _bytes(place).decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    except OSError:
        other = _sharing(language, path)
        return None if other is None else snippet(other, path)


def _sharing(language: LanguageConfig, path: str) -> LanguageConfig | None:
    """The language whose snippet stands in for one that is missing here because it is not to be translated."""
    return language.shared if SHARED in path.split("/")[:-1] and not is_file(language.repository / path) else None


def snippet_file(language: LanguageConfig, path: str) -> str:
    """The file that the text of a snippet comes from, as findings name it."""
    return repository_file(_sharing(language, path) or language, path)


def slash(language: LanguageConfig) -> str:
    """A language's root, relative to its repository folder: `help`, or `.` where they are the same."""
    return os.path.relpath(language.root, language.repository).replace(os.sep, "/")


def repository_file(language: LanguageConfig, path: str) -> str:
    """A path below the repository folder as findings name it: relative to site.yml."""
    up = os.path.relpath(language.repository, language.root).replace(os.sep, "/")
    return os.path.normpath(f"{language.base}/{up}/{path}").replace(os.sep, "/")


def lines(path: Path) -> tuple[str, ...]:
    """The lines of a source file, for showing the place of a finding; empty if it cannot be read."""
    try:
        return tuple(_LINE_END.split(_bytes(path).decode("utf-8-sig", "replace")))
    except OSError:
        return ()


def digests(root: Path, apart: Container[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Path and SHA-256 of every file below a folder, in sorted order, but what Python compiled and what lies in the folders `apart` (real paths).

    What cannot be read has an empty hash, what is no regular file a mark; folders, but hidden ones, are named with a slash.
    """
    for path, entry in _walk(root, apart=apart):
        if "__pycache__" in path:
            continue
        if not entry.is_dir(follow_symlinks=False):
            yield path, file_digest(entry.path) if entry.is_file(follow_symlinks=False) else b"?"
        elif not entry.name.startswith("."):
            yield f"{path}/", b""


def file_digest(path: str | Path) -> bytes:
    """The SHA-256 of a regular file; empty for anything else, and for what cannot be read."""
    try:
        return hashlib.sha256(_bytes(path, None)).digest()
    except OSError:
        return b""


def reader(folder: Path) -> Callable[[str, int], str]:
    """Source lines for reports: by file relative to a folder, and number from 1; each file is read once."""

    @cache
    def found(file: str) -> tuple[str, ...]:
        return lines(folder / file)

    def line(file: str, number: int) -> str:
        held = found(file)
        return held[number - 1] if 0 < number <= len(held) else ""

    return line


def data(path: str | Path) -> bytes:
    """All bytes of an asset. Raises OSError."""
    return _bytes(path, None)


def _bytes(path: str | Path, most: int | None = _MOST) -> bytes:
    """The bytes of a regular file; never follows a link, never blocks on a pipe. Raises OSError, EFBIG where there are more than `most`."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise IsADirectoryError(21, "no regular file", str(path))
        parts, left = [], sys.maxsize if most is None else most + 1
        while left and (part := os.read(handle, min(left, max(found.st_size + 1, _BLOCK)))):
            parts.append(part)
            left -= len(part)
    finally:
        os.close(handle)
    data = b"".join(parts)
    if most is not None and len(data) > most:
        raise OSError(errno.EFBIG, f"larger than {_sized(most)}", str(path))
    return data


def _sized(count: int) -> str:
    """A number of bytes as people say it."""
    return next((f"{count // size} {unit}" for size, unit in ((2**20, "MB"), (1024, "KB")) if count >= size), f"{count} bytes")


def _walk(root: str | Path, prefix: str = "", apart: Container[str] = ()) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below a folder but the folders `apart` and what lies in hidden ones, by its path from there, in sorted order."""
    with os.scandir(root) as found:
        entries = sorted(found, key=attrgetter("name"))
    for entry in entries:
        path = f"{prefix}{entry.name}"
        folder = entry.is_dir(follow_symlinks=False)
        if folder and apart and os.path.realpath(entry.path) in apart:
            continue
        yield path, entry
        if folder and not entry.name.startswith("."):
            yield from _walk(entry.path, f"{path}/", apart)


def _listed(language: LanguageConfig) -> frozenset[str]:
    """The list of assets, as paths relative to the language's root."""
    if not language.assets:
        return frozenset()
    written = text(language.repository / language.assets) or ""
    names = (line.strip() for line in written.splitlines())
    root = os.path.relpath(language.root, language.repository).replace(os.sep, "/")
    return frozenset(_below(root, posixpath.normpath(name)) for name in names if name)


def _below(root: str, name: str) -> str:
    """A path of the list of assets, relative to the language's root; both given relative to the repository."""
    return name[len(root) + 1 :] if name.startswith(f"{root}/") else posixpath.relpath(name, root)


@cache
def globs(patterns: tuple[str, ...]) -> Globs:
    """A test whether a path fits one of the globs; `**/` may stand for no folder at all."""
    expressions = [translate(pattern) for pattern in patterns if not pattern.startswith("**/")]
    anywhere = "|".join(translate(pattern[3:]) for pattern in patterns if pattern.startswith("**/"))
    expressions += [f"(?s:.*/)?(?:{anywhere})"] if anywhere else []
    return Globs(re.compile("|".join(expressions)) if expressions else None)


class Globs(Struct, frozen=True):
    """A set of globs, compiled."""

    expression: re.Pattern[str] | None

    def __call__(self, path: str) -> bool:
        """Whether the path fits one of them."""
        return bool(self.expression and self.expression.match(path))


def _too_long(path: str, most: int) -> str:
    """What is too long about a path, or nothing; a letter takes four bytes at most."""
    if 4 * len(path) <= min(most, _PART):
        return ""
    if len(os.fsencode(path)) > most:
        return f"is a path of more than {most} bytes; shorten it (limits.path_bytes in site.yml)"
    if any(len(os.fsencode(part)) > _PART for part in path.split("/")):
        return f"has a name of more than {_PART} bytes; shorten it"
    return ""


def _refused(language: LanguageConfig, path: str, why: str, code: str = "file-unsafe") -> Finding:
    shown = path.encode("utf-8", "backslashreplace").decode()
    return Finding(code, f"{language.base}/{shown}", Span(1, 1, 1, 1), f"{shown} {why}.", language.lang)
