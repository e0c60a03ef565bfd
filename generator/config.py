"""site.yml -> Config.

Whatever is wrong with the file is said with its line, column and key, all at once, before anything
else happens. The rules stand in `generator.schema`; this module reads, checks and names them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from generator.errors import SiteError
from generator.faults import faults
from generator.located import Places, located
from generator.model import Finding, Lang, Limits, Severity
from generator.neighbours import Outside, Sister, outside, sisters
from generator.sense import senseless

if TYPE_CHECKING:
    from generator.system_map import SystemMap

Localised = Mapping[str, str]
"""Texts by language; the key `""` holds the one for all others."""

DEFAULT_EXCLUDE = (
    "**/README.md", "**/LICENSE*.md", "**/license*.md", "**/CONTRIBUTING.md", "**/CODE_OF_CONDUCT.md", "**/metadata.md",
    "**/*.draft.md", "**/setup-agent.md", "**/CLAUDE.md", "**/AGENTS.md", "**/_*/**", "**/.*/**", "**/.*",
    "**/partial-*.md", "**/includes/**", "**/node_modules/**",
)  # fmt: skip


class LanguageConfig(Struct, frozen=True):
    """A language as site.yml declares it. Folders are absolute; `base` is `root` relative to site.yml, with slashes.

    `shared` is the reference, whose snippets that are not to be translated stand in for those that this language lacks.
    """

    lang: Lang
    given: str
    root: Path
    base: str
    repository: Path
    reference: bool
    assets: str
    redirects: str
    toc: str
    url_prefix: str = ""
    url_paths: str = "files"
    shared: LanguageConfig | None = None
    line: int = 1

    @property
    def name(self) -> str:
        """What site.yml calls it, else its own name for itself; looked up where it is asked for, since few commands do."""
        return self.given or _own_name(self.lang)


class TablePlace(Struct, frozen=True):
    """Where tables of a record type stand; `ordinal` counts from 1, 0 means any."""

    page: str
    anchor: str
    ordinal: int


class Column(Struct, frozen=True):
    """What the cells of a column say."""

    header: str
    roles: tuple[str, ...]
    identifier: bool = False
    fill_down: bool = False
    split: str = ""


class RecordType(Struct, frozen=True):
    """A kind of record: the tables that hold it and the meaning of their columns, or what it is told by outside of tables."""

    name: str
    label: Localised
    singular: Localised
    tables: tuple[TablePlace, ...]
    columns: tuple[Column, ...]
    headers: Mapping[str, tuple[str, ...]]
    symptoms: Mapping[str, tuple[str, ...]]
    aliases: Mapping[str, tuple[str, ...]]
    sources: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    line: int = 1


class SeverityRule(Struct, frozen=True):
    """`level` for findings whose code, language and path fit (globs; empty fits all)."""

    code: str
    langs: tuple[str, ...]
    path: str
    level: Severity
    line: int = 1

    def fits(self, finding: Finding) -> bool:
        """Whether the rule speaks of a finding."""
        return (
            fnmatchcase(finding.code, self.code)
            and (not self.langs or finding.lang in self.langs)
            and (not self.path or fnmatchcase(finding.file, self.path))
        )


class PublishTarget(Struct, frozen=True):
    """A place that `sintoma publish NAME` knows by name."""

    name: str
    to: str
    branch: str
    keep: int


class Config(Struct, frozen=True):
    """site.yml, checked. `folder` is the absolute folder it lies in."""

    path: Path
    folder: Path
    title: Localised
    description: Localised
    url: str
    languages: tuple[LanguageConfig, ...]
    exclude: tuple[str, ...]
    include: tuple[str, ...]
    records: tuple[RecordType, ...]
    system_map: SystemMap | None
    outside: Outside
    sisters: tuple[Sister, ...]
    identifiers: tuple[str, ...]
    mend: bool
    compare: str
    severity: tuple[SeverityRule, ...]
    edit_url: str
    output: Path
    primary: str
    accent: str
    theme_folder: Path | None
    translations: bool
    semantic: bool
    misses: bool
    offline: bool
    queries: str
    publish: tuple[PublishTarget, ...]
    limits: Limits
    compress: tuple[str, ...]

    @property
    def troubles(self) -> tuple[str, ...]:
        """The globs of pages that count as pages about troubleshooting."""
        return tuple(glob for kind in self.records for glob in kind.pages)

    @property
    def reference(self) -> LanguageConfig | None:
        """The language that ids come from, if one is declared."""
        return next((language for language in self.languages if language.reference), None)

    def language(self, lang: Lang) -> LanguageConfig:
        """A language of the site."""
        return next(language for language in self.languages if language.lang == lang)


def localised(texts: Localised, lang: str) -> str:
    """The text for a language, else the one for all, else the first."""
    return texts.get(lang) or texts.get("") or next(iter(texts.values()), "")


def load(path: Path) -> Config:
    """Read and check a site.yml.

    Raises SiteError with every fault of the file, one a line (`site.yml:3:1: titel: unknown key …`).
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SiteError(f"{path}: no such file. Run `sintoma init DIR` for a new site, or name one with --config.") from None
    except UnicodeDecodeError as error:
        line = bytes(error.object[: error.start]).count(b"\n") + 1
        raise SiteError(f"{path}:{line}:1: this is no UTF-8; save the file as UTF-8") from None
    except IsADirectoryError:
        raise SiteError(f"{path}: this is a folder; name the file in it: {path / 'site.yml'}") from None
    except OSError as error:
        raise SiteError(f"{path}: cannot be read: {error.strerror}") from None
    value, places = located(path, text)
    if found := faults(value, places) or senseless(path.resolve().parent, value, places):
        raise SiteError("\n".join(f"{path}:{line}:{column}: {message}" for line, column, message in found))
    return _config(path, value, places)


def _config(path: Path, value: dict[str, Any], places: Places) -> Config:
    folder = path.resolve().parent
    languages = tuple(_language(folder, lang, item, places[("languages", lang)][0]) for lang, item in value["languages"].items())
    reference = next((language for language in languages if language.reference), None)
    languages = tuple(language if language is reference else replace(language, shared=reference) for language in languages)
    theme, search = value.get("theme", {}), value.get("search", {})
    return Config(
        path=path,
        folder=folder,
        title=_localised(value["title"]),
        description=_localised(value.get("description", "")),
        url=str(value.get("url", "")).rstrip("/"),
        languages=languages,
        exclude=(*DEFAULT_EXCLUDE, *value.get("exclude", ())),
        include=tuple(value.get("include", ())),
        records=tuple(_record(name, item, places[("records", name)][0]) for name, item in value.get("records", {}).items()),
        system_map=_map(path, value, places),
        outside=outside(value),
        sisters=sisters(path, value, places),
        identifiers=tuple(value.get("identifiers", ())),
        mend=value.get("mend", True),
        compare=value.get("compare", "all"),
        severity=tuple(_severity(rule, places[("severity", number)][0]) for number, rule in enumerate(value.get("severity", ()))),
        edit_url=value.get("edit_url", ""),
        output=folder / value.get("output", "site"),
        primary=theme.get("primary", "indigo"),
        accent=theme.get("accent", "indigo"),
        theme_folder=folder / theme["folder"] if "folder" in theme else None,
        translations=search.get("translations", True),
        semantic=search.get("semantic", False),
        misses=search.get("misses", False),
        offline=value.get("offline", False),
        queries=search.get("queries", ""),
        publish=tuple(
            PublishTarget(name, item["to"], item.get("branch", "gh-pages"), item.get("keep", 3))
            for name, item in value.get("publish", {}).items()
        ),
        limits=Limits(**value.get("limits", {})),
        compress=tuple(value.get("compress", ())),
    )


def _map(path: Path, value: dict[str, Any], places: Places) -> SystemMap | None:
    if "map" not in value:
        return None
    from generator.system_map import declared  # noqa: PLC0415  few sites draw one

    return declared(path, value, places)


def _language(folder: Path, lang: str, item: dict[str, Any], line: int) -> LanguageConfig:
    root = folder / item["root"]
    return LanguageConfig(
        lang=Lang(lang),
        given=item.get("name", ""),
        root=root,
        base=Path(os.path.relpath(root, folder)).as_posix(),
        repository=folder / item.get("repository", item["root"]),
        reference=item.get("reference", False),
        assets=item.get("assets", ""),
        redirects=item.get("redirects", ""),
        toc=item.get("toc", "TOC.md"),
        url_prefix=item.get("url_prefix", ""),
        url_paths=item.get("url_paths", "files"),
        line=line,
    )


@cache
def _own_name(lang: str) -> str:
    from babel.core import Locale, UnknownLocaleError, get_global  # noqa: PLC0415  its data take longer to load than a site takes to check

    try:
        locale = Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        return lang
    written = f"{locale.language}_{locale.script}"
    likely = get_global("likely_subtags")
    usual = str(locale) in (written, likely.get(written), likely.get(locale.language))  # 简体中文, where no other country is meant
    name = (locale.languages.get(written) if usual else "") or locale.get_display_name()
    return f"{name[0].upper()}{name[1:]}" if name else lang


def _record(name: str, item: dict[str, Any], line: int) -> RecordType:
    return RecordType(
        name=name,
        label=_localised(item.get("label", name)),
        singular=_localised(item.get("singular", item.get("label", name))),
        tables=tuple(
            TablePlace(place["page"], place.get("anchor", ""), place.get("ordinal", 0)) for place in item.get("tables", ())
        ),
        columns=tuple(_column(header, column) for header, column in item.get("columns", {}).items()),
        headers={lang: tuple(headers) for lang, headers in item.get("headers", {}).items()},
        symptoms={lang: tuple(patterns) for lang, patterns in item.get("symptoms", {}).items()},
        aliases={record: tuple(names) for record, names in item.get("aliases", {}).items()},
        sources=tuple(item.get("from", ())),
        pages=tuple(item.get("pages", ())),
        line=line,
    )


def _column(header: str, item: str | list[str] | dict[str, Any]) -> Column:
    if isinstance(item, dict):
        roles = item["roles"]
        return Column(
            header,
            (roles,) if isinstance(roles, str) else tuple(roles),
            identifier=item.get("identifier", False),
            fill_down=item.get("fill_down", False),
            split=item.get("split", ""),
        )
    return Column(header, (item,) if isinstance(item, str) else tuple(item))


def _severity(rule: dict[str, Any], line: int) -> SeverityRule:
    langs = rule.get("lang", ())
    return SeverityRule(rule["code"], (langs,) if isinstance(langs, str) else tuple(langs), rule.get("path", ""), Severity(rule["level"]), line)


def _localised(value: str | dict[str, str]) -> Localised:
    return {"": value} if isinstance(value, str) else dict(value)
