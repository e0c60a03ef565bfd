"""A small site in three languages, made by the real pipeline, as a mapping from address to text."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import config, site
from generator.cache import opened
from generator.joining import joined
from generator.model import Artifact
from generator.pages import Inputs, Translations, copies
from generator.workers import crew
from tests.sources import written

SITE = """
title: Ward
url: https://docs.example.org/help
edit_url: https://git.example.org/{lang}/{path}
languages:
  en: {root: content/en, reference: true}
  es: {root: content/es}
  ar: {root: content/ar}
records:
  modules:
    label: {en: Modules, es: Módulos}
    singular: {en: Module, es: Módulo}
    columns:
      Module: {roles: subject, identifier: true}
      Scope: scope
      Trouble: [symptom, remedy]
    symptoms:
      en: ["Check this module if {symptom}"]
      es: ["Compruebe este módulo si {symptom}"]
"""

TOC = """# Help {#toc}

+ Start {#start}
  + [Modules](modules.md)
  + [Logs](guide/logs.md)
+ More {#more}
  + [Only in English](guide/only.md)
"""

MODULES = """---
title: Modules
feature: Monitoring, Alerts
role: Admin
last-update: 2026-03-04
---
# Modules {#modules}

<table>
 <thead><tr><th>Module</th><th>Scope</th><th>Trouble</th></tr></thead>
 <tbody>
  <tr><td>mta</td><td>Sends mail</td><td>Check this module if mails stay. <p>Run <code>nlserver restart mta</code>. See <a href="guide/logs.md#where">Logs</a>.</p></td></tr>
  <tr><td>stat</td><td>Counts</td><td>Check this module if mails stay. <p>Look at port 7777.</p></td></tr>
 </tbody>
</table>

A [lost page](missing.md), a [bad address](javascript:alert(1)), [the world](https://example.org/?a=1&b=2).

![A dot](assets/dot.png) ![Not here](assets/gone.png)
"""

LOGS = """---
title: Logs
description: Where logs are.
role: Admin
---
# Logs {#logs}

>[!NOTE]
>
>Read `mta.log`.

## Where they are {#where}

See [the row](../modules.md#mta).

## When they are missing {#missing}

Look.
"""

MODULES_ES = (
    MODULES.replace("title: Modules", "title: Módulos\nht-degree: 40%\nworkflow-type: tm+mt")
    .replace("# Modules", "# Módulos")
    .replace("Check this module if mails stay.", "Compruebe este módulo si los correos no salen.")
    .replace("Sends mail", "Envía correos")
)
DOT = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")

FILES = {
    "site.yml": SITE,
    "content/en/TOC.md": TOC,
    "content/en/modules.md": MODULES,
    "content/en/guide/logs.md": LOGS,
    "content/en/guide/only.md": "# Only in English {#only}\n\nWords.\n",
    "content/es/modules.md": MODULES_ES,
    "content/ar/guide/logs.md": LOGS.replace("Logs", "السجلات"),
}

Pages = dict[str, str]
Make = Callable[[dict[str, str]], Pages]


def generate(folder: Path) -> Pages:
    """Every page that the site in a folder gives, without a search."""
    loaded, workers = config.load(folder / "site.yml"), crew(1)
    with opened(loaded.folder, keep=False) as cache:
        gathered = site.gather(loaded, cache, workers)
        kb, library = gathered.knowledge, gathered.library
        inputs = Inputs(kb, loaded, library.body, {}, Translations(), copies(kb, loaded), cache)
        made = joined(inputs, library, folder / "site", workers)
        return {file.path: file.data.decode("utf-8", "replace") for file in made if isinstance(file, Artifact)}


def lay(folder: Path, files: dict[str, str]) -> Path:
    written(folder, files)
    picture = folder / "content/en/assets/dot.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_bytes(DOT)
    return folder


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """The pages of the small site."""
    return generate(lay(tmp_path_factory.mktemp("ward"), FILES))


@pytest.fixture
def ward() -> dict[str, str]:
    """The files of the small site."""
    return dict(FILES)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """The pages of the small site with some of its files changed; an empty text leaves a file out."""

    def do(changes: dict[str, str]) -> Pages:
        return generate(lay(tmp_path, {name: text for name, text in (FILES | changes).items() if text}))

    return do
