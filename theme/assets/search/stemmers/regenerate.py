"""Make the stemmers again from an installed Sphinx: `python theme/assets/search/stemmers/regenerate.py`.

Sphinx ships Snowball's own JavaScript output and Snowball's stop word lists, both under the BSD licence in LICENSE.
Each language becomes one self-contained script that registers itself by its BCP 47 code.
"""

from __future__ import annotations

from pathlib import Path

import sphinx.search

NAMES = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "eo": "esperanto",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali",
    "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""BCP 47 code: name of Snowball's algorithm."""

KEPT = {"es": {"estado", "estados"}, "fr": {"son"}}
"""Nouns that lists of stop words have for the sake of other words that are written alike: a state, a sound."""


def stop_words(path: Path) -> str:
    """The words of a Snowball stop word list (`|` begins a comment) without those that are kept, in order, joined by blanks."""
    if not path.exists():
        return ""
    lines = path.read_text(encoding="utf-8").splitlines()
    words = dict.fromkeys(word for line in lines for word in line.split("|")[0].split())
    return " ".join(word for word in words if word not in KEPT.get(path.stem, ()))


def main() -> None:
    """Write `<code>.js` for every language beside this file."""
    source, target = Path(sphinx.search.__file__).parent, Path(__file__).parent
    base = (source / "minified-js" / "base-stemmer.js").read_text(encoding="utf-8").strip()
    for code, name in NAMES.items():
        stemmer = (source / "minified-js" / f"{name}-stemmer.js").read_text(encoding="utf-8").strip()
        variable = "".join(part.capitalize() for part in name.split("_")) + "Stemmer"
        stop = stop_words(source / "_stopwords" / f"{code}.txt")
        text = (
            f"// Snowball's {name} stemmer and stop words, as shipped by Sphinx. BSD licence: see LICENSE. Made by regenerate.py.\n"
            f'(function(){{"use strict";var BaseStemmer;{base};\n{stemmer};\n'
            f'globalThis.Sintoma.addLanguage("{code}",new {variable}(),"{stop}");}})();\n'
        )
        (target / f"{code}.js").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
