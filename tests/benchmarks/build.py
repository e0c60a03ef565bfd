"""How long building takes beside mkdocs-material, zensical and hugo, on the same trees, in the same run.

    python -m tests.benchmarks.build FOLDER... [--runs 3] [--pages N] [--only NAME,...] [--assets FILE]

Each FOLDER holds the pages of one language and is named after it (`en`, or `en/help`); the first is the reference. `--assets` names the list
of pictures that exist elsewhere, beside each folder: Sintoma alone looks whether they exist, and would look for each of them. Peers are installed from
the package registry into virtual environments of their own, kept in the cache folder of the user. They get a copy without
what they choke on: front matter but for the title (`hide: true` stops mkdocs), and braces that hugo takes for its own. Python's peers build
one language after the other, which is kind to them: their navigation grows with the site. hugo comes with two layouts of our own, since
Docsy is in no package registry: one links to the pages of its section, as Sintoma's pages do, one to every page of its language, as Docsy's
do; both lists are made once and then cached. Sintoma alone checks links and translations, and writes pages side by side, for records and a
search index. Runs are interleaved; the table has the median of each, cold and after one page was changed, ratios to Sintoma's, and the HTML
files that each wrote: a peer that wrote fewer than there are sources ends the run.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from tests.benchmarks.measured import Cost, measured, size

ROOT: Final = Path(__file__).parents[2]
LAYOUTS: Final = Path(__file__).parent / "peers_build"
PACKAGES: Final = {"mkdocs": "mkdocs-material", "zensical": "zensical==0.0.73", "hugo": "hugo"}
ASSETS: Final = "assets.txt"
_HEAD: Final = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*\r?\n", re.DOTALL)
_TITLE: Final = re.compile(r"^title:\s*(.+)$", re.MULTILINE)


class Builder(Struct, frozen=True):
    """A program to be measured: what builds a prepared folder, and where its output lies."""

    name: str
    prepare: Callable[[Path, Mapping[str, Path]], None]
    commands: Callable[[Path, Sequence[str]], Sequence[Sequence[str | Path]]]
    output: str = "site"


def main() -> None:
    """Build everything in turn and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pages", type=int, default=0, help="of each language the first so many only")
    parser.add_argument("--assets", default="", help="list of files that exist elsewhere, in the folder above each")
    parser.add_argument("--only", default="", help="names of builders, apart by commas")
    options = parser.parse_args()
    wanted = [builder for builder in BUILDERS if not options.only or builder.name in options.only.split(",")]
    with tempfile.TemporaryDirectory() as name:
        folders = {language(path): path.resolve() for path in options.folders}
        places = {builder.name: Path(name) / re.sub(r"\W+", "-", builder.name) for builder in wanted}
        for builder in wanted:
            contents = copies(places[builder.name], folders, options.pages, plain=builder.name != "sintoma", assets=options.assets)
            builder.prepare(places[builder.name], contents)
        found: dict[str, list[tuple[Cost, Cost]]] = {builder.name: [] for builder in wanted}
        for run in range(options.runs):
            for builder in wanted:
                found[builder.name].append(once(builder, places[builder.name], list(folders), run))
        show(found, {builder.name: places[builder.name] / builder.output for builder in wanted})


def language(folder: Path) -> str:
    """The language that a folder is named after."""
    return folder.resolve().parent.name if folder.name in {"help", "docs", "content"} else folder.resolve().name


def copies(place: Path, folders: Mapping[str, Path], pages: int, *, plain: bool, assets: str) -> dict[str, Path]:
    """A copy of each language, in plain front matter where it is for a peer; for Sintoma in a repository with its list of assets."""
    found = {}
    for lang, folder in folders.items():
        found[lang] = place / "content" / lang
        if assets and not plain:
            found[lang].mkdir(parents=True)
            shutil.copyfile(folder.parent / assets, found[lang] / ASSETS)
            found[lang] /= folder.name
        sources = sorted(path for path in folder.rglob("*.md") if path.is_file())
        for source in sources[:pages] if pages else sources:
            target = found[lang] / source.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = source.read_text(encoding="utf-8-sig")
            target.write_text(stripped(text) if plain else text, encoding="utf-8")
    return found


def stripped(text: str) -> str:
    """A page with its title alone in the front matter, and without braces that mean something to a template."""
    head = _HEAD.match(text)
    title = _TITLE.search(head[1]) if head else None
    body = text[head.end() :] if head else text
    words = title[1].strip().strip("\"'").replace('"', "'").replace("\\", "") if title else "Page"
    return f'---\ntitle: "{words}"\n---\n' + body.replace("{{", "{ {").replace("{%", "{ %")


def once(builder: Builder, place: Path, langs: Sequence[str], run: int) -> tuple[Cost, Cost]:
    """One cold build, and one after a page was changed.

    What an earlier run left goes aside, it is not removed: some file systems (ext4 without a journal) step over each inode that was freed a
    moment ago whenever they make a file, which doubles what writing costs.
    """
    for left in (builder.output, ".sintoma-cache", ".cache", "resources", "public"):
        if (place / left).exists():
            (place / left).rename(Path(tempfile.mkdtemp(dir=place.parent)) / left)
    cold = work(builder, place, langs)
    complete(builder, place)
    pages = sorted((place / "content" / langs[0]).rglob("*.md"), key=lambda path: (path.stat().st_size, path))
    page = pages[len(pages) // 2]
    page.write_text(page.read_text(encoding="utf-8") + f"\nSentence {run}.\n", encoding="utf-8")
    return cold, work(builder, place, langs)


def complete(builder: Builder, place: Path) -> None:
    """Raises SystemExit where a builder left pages out: then its time says nothing."""
    sources, pages = (sum(1 for _ in folder.rglob(pattern)) for folder, pattern in ((place / "content", "*.md"), (place / builder.output, "*.html")))
    if pages < sources:
        raise SystemExit(f"{builder.name}: {pages} pages of {sources} sources")


def work(builder: Builder, place: Path, langs: Sequence[str]) -> Cost:
    """All commands of a build together."""
    costs = [measured(command, place if builder.name != "sintoma" else ROOT, (0, 1) if builder.name == "sintoma" else (0,)) for command in builder.commands(place, langs)]
    return Cost(sum(cost.wall for cost in costs), sum(cost.cpu for cost in costs), max(cost.peak for cost in costs))


def program(peer: str, name: str) -> Path:
    """A peer's program, installed if it is not there yet."""
    folder = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "sintoma-benchmarks" / peer
    if not (folder / "bin" / name).exists():
        venv.create(folder, with_pip=True)
        subprocess.run([folder / "bin" / "pip", "install", "-qq", PACKAGES[peer]], check=True)
    return folder / "bin" / name


def sintoma(place: Path, contents: Mapping[str, Path]) -> None:
    """site.yml over all languages."""
    lines = []
    for number, (lang, path) in enumerate(contents.items()):
        root, listed = path.relative_to(place), (path.parent / ASSETS).exists()
        more = f", repository: {root.parent}, assets: {ASSETS}" if listed else ""
        lines.append(f"  {lang}: {{root: {root}, reference: {str(number == 0).lower()}{more}}}")
    (place / "site.yml").write_text("title: T\nlanguages:\n" + "\n".join(lines) + "\n", encoding="utf-8")


def mkdocs(features: str) -> Callable[[Path, Mapping[str, Path]], None]:
    """A mkdocs.yml for each language."""

    def prepare(place: Path, contents: Mapping[str, Path]) -> None:
        for lang, path in contents.items():
            text = f"site_name: T\ndocs_dir: {path.relative_to(place)}\nsite_dir: site/{lang}\ntheme:\n  name: material\n  features: [{features}]\n"
            (place / f"{lang}.yml").write_text(text + "markdown_extensions: [tables, attr_list, toc]\n", encoding="utf-8")

    return prepare


def hugo(navigation: str) -> Callable[[Path, Mapping[str, Path]], None]:
    """A small layout with one of two kinds of navigation."""
    return lambda place, contents: hugo_site(place, contents, navigation)


def hugo_site(place: Path, contents: Mapping[str, Path], navigation: str) -> None:
    """hugo.toml and the layout."""
    lines = ['baseURL = "https://example.org/"', 'title = "T"', 'disableKinds = ["taxonomy", "term", "RSS"]', "[markup.goldmark.renderer]", "unsafe = true"]
    lines += [f'[languages.{lang.lower()}]\ncontentDir = "{path.relative_to(place)}"' for lang, path in contents.items()]
    lines.insert(2, f'defaultContentLanguage = "{next(iter(contents)).lower()}"')
    (place / "hugo.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for folder, name, file in (("_default", "single.html", "single.html"), ("_default", "list.html", "single.html"), ("partials", "navigation.html", navigation)):
        (place / "layouts" / folder).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(LAYOUTS / file, place / "layouts" / folder / name)


BUILDERS: Final = (
    Builder("sintoma", sintoma, lambda place, _: [(sys.executable, "-m", "generator", "build", "--keep-going", "--config", str(place / "site.yml"))]),
    Builder("hugo near", hugo("near.html"), lambda place, _: [(program("hugo", "hugo"), "--quiet", "--destination", place / "site")]),
    Builder("hugo whole", hugo("whole.html"), lambda place, _: [(program("hugo", "hugo"), "--quiet", "--destination", place / "site")]),
    Builder("zensical", mkdocs(""), lambda place, langs: [(program("zensical", "zensical"), "build", "-f", place / f"{lang}.yml") for lang in langs]),
    Builder("mkdocs-material", mkdocs(""), lambda place, langs: [(program("mkdocs", "mkdocs"), "build", "-q", "-f", place / f"{lang}.yml") for lang in langs]),
    Builder(
        "mkdocs-material pruned",
        mkdocs("navigation.prune"),
        lambda place, langs: [(program("mkdocs", "mkdocs"), "build", "-q", "-f", place / f"{lang}.yml") for lang in langs],
    ),
)


def show(found: Mapping[str, Sequence[tuple[Cost, Cost]]], outputs: Mapping[str, Path]) -> None:
    """Print the table."""
    write = sys.stdout.write
    write("| | cold s | times | CPU s | peak MB | one edit s | times | output MB | pages |\n|---|---|---|---|---|---|---|---|---|\n")
    base = None
    for name, runs in found.items():
        cold, edit = (statistics.median(run[at].wall for run in runs) for at in (0, 1))
        base = base or (cold, edit)
        cpu, peak = statistics.median(run[0].cpu for run in runs), max(cost.peak for run in runs for cost in run)
        pages, kept = sum(1 for _ in outputs[name].rglob("*.html")), size(outputs[name]) / 2**20
        write(f"| {name} | {cold:.1f} | {cold / base[0]:.1f} | {cpu:.1f} | {peak:.0f} | {edit:.1f} | {edit / base[1]:.1f} | {kept:.0f} | {pages} |\n")


if __name__ == "__main__":
    main()
