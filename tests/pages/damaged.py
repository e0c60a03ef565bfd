"""A small site whose translation is damaged, built whole: what pages say of it is looked at here and in the browser."""

from __future__ import annotations

from pathlib import Path

from tests import sources

YML = """\
title: Ward
languages:
  en: {root: en, reference: true}
  es: {root: es}
  ar: {root: ar}
records:
  modules:
    columns: {Module: {roles: subject, identifier: true}, Remedy: remedy}
"""
ENGLISH = """\
---
last-update: 2026-03-04
---
# Modules {#modules}

Each has a <name> & a [page](other.md).

| Module | Remedy |
|---|---|
| export | Start it |
| import | Stop it |

A last word.

```
ctl restart export
```
"""
FILES = {
    "site.yml": YML,
    "en/page.md": ENGLISH,
    "en/other.md": "---\nsource-git-commit: abc\n---\n# Other {#other}\n\nSee [modules](page.md).\n",
    "en/lacking.md": "# Lacking {#lacking}\n\nSee [modules](page.md).\n",
    "es/page.md": """\
---
last-update: 2026-02-01
ht-degree: 40%
workflow-type: tm+mt
---
# Módulos {#modules}

Cada uno tiene un <name> y una [página](other.md).

| Módulo | Solución |
|---|---|
| exportar | Iníciela |
| import | Deténgala |

```
ctl restart exportar
```
""",
    "es/other.md": "---\nsource-git-commit: ABC\nht-degree: 100%\n---\n# Otra {#other}\n\nVea [módulos](page.md).\n",
    "ar/page.md": ENGLISH.replace("Modules", "الوحدات").replace("A last word.", "كلمة أخيرة."),
}


def built(folder: Path, changes: dict[str, str] | None = None) -> Path:
    """The folder of the built site."""
    return sources.built(folder, {**FILES, **(changes or {})})
