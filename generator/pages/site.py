"""The prepared site: everything that pages of any kind look up, made once and then only read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from babel import Locale
from jinja2 import Environment
from msgspec import Struct, field

from generator.cache import Cache
from generator.config import Config, RecordType, localised
from generator.model import DocPath, Document, Finding, KnowledgeBase, Lang, Language, PageKey, Record, Symptom
from generator.pages import facets, images, near, sheets, shell, status, theme, urls
from generator.pages.network import Network, network
from generator.translations import Beside, Parts

Load = Callable[[Lang, DocPath], str]
"""Fetches the body of one parsed page; called once for each page that is written."""

KINDS: Final = ("document", "wide", "home")
"""The shells: with a table of contents, without one, and without any sidebar."""


_INTERFACE: Final = ("toc", "nav", "action.edit", "footer.previous", "footer.next")


class SearchFiles(Struct, frozen=True):
    """What the search box of a language loads when it is first used.

    `manifest` is the address of the index's first file, relative to the root of the site; `scripts` are
    paths below `assets/search` of the theme, in the order in which they are loaded.
    """

    manifest: str
    scripts: tuple[str, ...]


class Translations(Struct, frozen=True):
    """What the checks know of translations.

    `findings` by file, with the severities of site.yml; `parts` how much of each page is there; `sides` fetches both texts of a page.
    """

    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    parts: Mapping[PageKey, Parts] = field(default_factory=dict)
    sides: Beside | None = None


class View(Struct, frozen=True):
    """One language of the site.

    `documents` holds every page of the language's folder: its own, and the reference's where it has none.
    """

    lang: Lang
    name: str
    direction: str
    words: Mapping[str, str]
    ui: Mapping[str, str]
    locale: Locale
    documents: Mapping[DocPath, Document]
    navigation: near.Index
    fallback_navigation: near.Index
    sheets: sheets.Index
    rows: Mapping[DocPath, Mapping[str, Record]]
    facets: facets.Index
    search: SearchFiles | None


class Site(Struct, frozen=True):
    """All languages and what they share."""

    kb: KnowledgeBase
    config: Config
    load: Load
    theme: theme.Theme
    views: Mapping[Lang, View]
    shells: Mapping[tuple[Lang, str], shell.Shell]
    copies: Mapping[images.Key, images.Copy]
    records: Mapping[tuple[str, str], Record]
    symptoms: Mapping[str, Symptom]
    types: Mapping[str, RecordType]
    network: Network | None
    env: Environment
    translations: Translations = field(default_factory=Translations)

    @property
    def reference(self) -> Lang | None:
        """The reference language, if there is one."""
        found = self.kb.reference
        return found.lang if found else None


def prepare(
    kb: KnowledgeBase,
    config: Config,
    load: Load,
    search: Mapping[Lang, SearchFiles],
    copies: Mapping[images.Key, images.Copy],
    compiled: Cache,
) -> Site:
    """Everything that pages look up: theme, words, shells, navigation. Reads the theme; compiled templates wait in `compiled`."""
    scripts = tuple(dict.fromkeys(script for files in search.values() for script in files.scripts))
    look = theme.load(config, scripts)
    connected = network(kb, config)
    making = _Making(kb, config, look, shell.environment(look.folders, compiled), search, has_map=connected is not None)
    views = {language.lang: _view(making, language) for language in kb.languages}
    return Site(
        kb=kb,
        config=config,
        load=load,
        theme=look,
        views=views,
        shells={(lang, kind): _shell(making, view, kind) for lang, view in views.items() for kind in KINDS},
        copies=copies,
        records={(kind, item.id): item for kind, items in kb.records.items() for item in items},
        symptoms={symptom.id: symptom for symptom in kb.symptoms},
        types={kind.name: kind for kind in config.records},
        network=connected,
        env=shell.page_environment(look.folders, compiled),
    )


class _Making(Struct, frozen=True):
    """What views and shells are made from."""

    kb: KnowledgeBase
    config: Config
    theme: theme.Theme
    env: Environment
    search: Mapping[Lang, SearchFiles]
    has_map: bool


def _view(making: _Making, language: Language) -> View:
    kb, lang = making.kb, language.lang
    reference = kb.reference.lang if kb.reference else None
    borrowed = kb.documents.get(reference, {}) if reference else {}
    documents = {**borrowed, **kb.documents.get(lang, {})}
    locale = status.locale(lang)
    return View(
        lang=lang,
        name=making.config.language(lang).name,
        direction="rtl" if locale.text_direction == "rtl" else "ltr",
        words=theme.strings(making.theme, lang),
        ui=shell.interface(making.env, lang, _INTERFACE),
        locale=locale,
        documents=documents,
        navigation=near.index(near.navigation(kb, lang)),
        fallback_navigation=near.index(near.navigation(kb, reference or lang)),
        sheets=sheets.printable(kb, lang),
        rows=kb.rows(lang),
        facets=facets.index(documents, borrowed),
        search=making.search.get(lang),
    )


def _shell(making: _Making, view: View, kind: str) -> shell.Shell:
    config = making.config
    material = {
        "site_name": localised(config.title, view.lang),
        "theme": {
            "language": shell.interface_language(view.lang),
            "direction": view.direction,
            "palette": {"scheme": "default", "primary": config.primary, "accent": config.accent},
            "font": False,
            "icon": {},
            "features": [],
        },
        "extra": {},
        "plugins": {},
    }
    context = {
        "config": material,
        "page": {"toc": [{"url": "#__content"}]},
        "words": {**view.words, "language": view.lang, "direction": view.direction},
        "view": view,
        "files": making.theme.urls,
        "home": urls.home(view.lang),
        "tree": urls.tree(view.lang),
        "progress": urls.progress(view.lang) if making.kb.reference and making.kb.reference.lang != view.lang else "",
        "links": _links(making, view),
        "many": len(config.languages) > 1,
        "all_records": urls.records(view.lang, config.records[0].name) if config.records else urls.tree(view.lang),
        "search_files": search_attributes(making.theme, view.search),
        "search_words": {key: words for key, words in view.words.items() if key.startswith("search-")},
        "search_lists": search_lists(config, view),
        "search_misses": config.misses,
        "offline": config.offline,
        "reference": making.kb.reference.lang if making.kb.reference else view.lang,
        "search_kinds": {
            "section": view.words["search-section"],
            **{item.name: localised(item.singular, view.lang) for item in config.records},
        },
    }
    return shell.make(making.env, kind, context)


def _links(making: _Making, view: View) -> list[tuple[str, str]]:
    """The pages that lead to others, as every page names them: address and label."""
    return [
        *((urls.records(view.lang, item.name), localised(item.label, view.lang)) for item in making.config.records),
        *([(urls.symptoms(view.lang), view.words["symptoms"])] if making.kb.symptoms else []),
        *([(urls.system_map(view.lang), view.words["map"])] if making.has_map else []),
    ]


def search_lists(config: Config, view: View) -> dict[str, str]:
    """What a search can be narrowed to: the types of records, then the pages."""
    return {**{item.name: localised(item.label, view.lang) for item in config.records}, "section": view.words["documents"]}


def search_attributes(look: theme.Theme, files: SearchFiles | None) -> dict[str, str] | None:
    """Where the search box finds its index and its engine, relative to the root of the site."""
    if files is None:
        return None
    return {"manifest": files.manifest, "scripts": " ".join(look.urls[f"search/{name}"] for name in files.scripts)}
