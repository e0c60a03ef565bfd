"""What a person types, and what is found."""

from __future__ import annotations

import random
from pathlib import Path
from time import process_time

import pytest

from generator.model import Artifact
from generator.search import Engine, Index, Options
from generator.search.codec import manifest_script
from generator.search.options import VERSION
from tests.search.entries import DE, EN, ES, FILLER, JA, build_index, engine, found, record, section

SEVERAL_FILES = Options(bundle_size=0, terms_size=200, common_size=100, lexicon_size=100)
MODULES = (
    record("mta", "mails are no longer sent", names=("mta", "remitente")),
    record("stat", "connection statistics are missing"),
    record("web", "the console can't connect, error xtk:session"),
)
PAGES = (
    section("install.md#java", "Install Java", "Install the runtime before the server."),
    section("mail.md#bounce", "Bounced mails", "Rejected messages return to the bounce mailbox."),
    section("mail.md#queue", "The queue", "Messages wait in the outgoing queue until the server delivers them."),
)


def test_a_record_is_found_by_its_symptom_its_name_and_its_damaged_name() -> None:
    all_ = engine(*MODULES, *PAGES, *FILLER)
    assert found(all_, "mails not sent")[0] == "mta"
    assert found(all_, "stat")[0] == "stat"
    assert found(all_, "remitente")[0] == "mta"


def test_a_type_restricts_the_answer() -> None:
    all_ = engine(*PAGES, *MODULES, *FILLER)
    assert found(all_, "mails messages", type="section") == ["mail.md#bounce", "mail.md#queue"]
    assert found(all_, "mails messages", type="modules") == ["mta"]
    assert found(all_, "mails messages", type="nothing") == []


def test_the_limit_is_kept() -> None:
    assert len(found(engine(*FILLER), "filling text", limit=3)) == 3


@pytest.mark.parametrize("typed", ["mesages queu", "messages qeueu", "mssages queue", "bounec malibox", "mails"])
@pytest.mark.parametrize("options", [None, SEVERAL_FILES], ids=["one file", "several"])
def test_a_misspelt_word_finds_what_was_meant(typed: str, options: Options | None) -> None:
    assert any(id_.startswith("mail.md") for id_ in found(engine(*PAGES, *FILLER, options=options), typed + " "))


def test_the_answer_says_what_a_misspelt_word_was_taken_for() -> None:
    answer = engine(*PAGES, *FILLER).search("quueue ", EN)
    assert answer.understood == ({"typed": "quueue", "how": "typo", "used": ["queue"], "similar": []},)


def test_letters_in_the_wrong_order_are_the_likeliest_slip() -> None:
    pages = (section("a.md#a", "Sent mails", "It was sent."), *(section(f"b{n}.md#b", "Settings", "The set of settings.") for n in range(9)))
    assert engine(*pages).search("snet ", EN).understood[0]["used"][0] == "sent"


def test_an_identifier_that_the_index_lacks_is_answered_with_those_that_begin_alike() -> None:
    codes = section("codes.md#odbc", "Database errors", "ODB-240000 says that the server is away, ODB-240007 that the login fails.")
    all_ = engine(codes, *FILLER)
    assert [word["similar"] for word in all_.search("ODB-240009", EN).understood] == [["ODB-240000", "ODB-240007"]]
    assert [word["similar"] for word in all_.search("odb:2400_09", EN).understood] == [["odb:2400_00", "odb:2400_07"]]
    assert [word["similar"] for word in all_.search("ODB-240007", EN).understood] == [[]]
    assert [word["similar"] for word in all_.search("ZZT-11", EN).understood] == [[]]


def test_a_word_under_way_finds_what_it_may_become() -> None:
    all_ = engine(*PAGES, *FILLER)
    for typed in ("outg", "outgo", "outgoi", "outgoin", "outgoing"):
        assert found(all_, typed)[0] == "mail.md#queue"
    assert found(all_, "qu ") == []
    assert found(all_, "ou", prefix=False) == []


def test_an_unknown_compound_is_taken_apart() -> None:
    pages = (section("a.md#a", "Ausgabe", "Die Ausgabe fehlt."), section("b.md#b", "Datei", "Eine Datei fehlt."), *FILLER)
    answer = engine(*pages, lang=DE).search("Ausgabedatei ", DE)
    assert {hit.id for hit in answer.hits} == {"a.md#a", "b.md#b"}
    assert answer.understood[0]["how"] == "compound"


def test_an_identifier_is_found_whole_before_its_parts() -> None:
    pages = (section("a.md#a", "Sessions", "A session of xtk."), section("b.md#b", "Error", "The error xtk:session appears."), *FILLER)
    assert found(engine(*pages), "xtk:session") == ["b.md#b", "a.md#a"]


def test_a_pasted_message_is_recognised_around_its_placeholders_and_its_noise() -> None:
    pages = (
        section("a.md#a", "Words", "disk mailbox full server: the full disk of a full server holds a mailbox"),
        section("b.md#b", "Messages", cells=("The mailbox {1} is full on disk %s of the server",)),
        *FILLER,
    )
    line = "2026-01-02T10:11:12.345Z [4711] ERR The mailbox joe@example.org is full on disk /var/mail/sda1 of the server"
    assert found(engine(*pages), line)[0] == "b.md#b"


def test_japanese_is_found_by_its_words() -> None:
    pages = (section("a.md#a", "配信", "サーバーが落ちると配信に失敗します。"), section("b.md#b", "印刷", "プリンターを起動します。"))
    assert found(engine(*pages, lang=JA), "配信が失敗した", JA) == ["a.md#a"]
    assert found(engine(*pages, lang=JA), "ｻｰﾊﾞｰ ", JA) == ["a.md#a"]


def two_languages() -> Engine:
    english = build_index(EN, (*PAGES, *FILLER), SEVERAL_FILES)
    spanish = build_index(
        ES,
        (section("mail.md#queue", "La cola", "Los mensajes esperan en la cola."),),
        SEVERAL_FILES,
        reference=english,
        table={"col": (("queue", 0.9),), "rebot": (("bounc", 0.8), ("reject", 0.1))},
    )
    return Engine.of_artifacts({EN: english.manifest, ES: spanish.manifest}, (*english.artifacts, *spanish.artifacts))


def test_a_query_finds_sections_that_only_the_reference_has_and_marks_them() -> None:
    hits = two_languages().search("cola rebotes", ES).hits
    assert [(hit.id, hit.lang) for hit in hits] == [("mail.md#queue", "es"), ("mail.md#bounce", "en")]


def test_a_word_of_the_reference_is_understood_in_every_language() -> None:
    answer = two_languages().search("mailbox ", ES)
    assert [hit.id for hit in answer.hits] == ["mail.md#bounce"]
    assert answer.understood[0]["how"] == "translated"


def test_a_name_in_capitals_is_the_same_in_the_reference_whatever_word_of_the_language_it_looks_like() -> None:
    english = build_index(EN, (section("zero.md#z", "Division", "The cell shows DIV."), section("other.md#o", "Other", "Colours differ."), *FILLER))
    spanish = build_index(ES, (section("own.md#o", "La cola", "Otra cola."),), reference=english, table={"div": (("differ", 0.9),)})
    both = Engine.of_artifacts({EN: english.manifest, ES: spanish.manifest}, (*english.artifacts, *spanish.artifacts))
    assert sorted(found(both, "#DIV! ", ES)) == ["other.md#o", "zero.md#z"]
    assert found(both, "div ", ES) == ["other.md#o"]


def test_a_language_can_be_asked_alone() -> None:
    assert [hit.id for hit in two_languages().search("cola rebotes", ES, only="own").hits] == ["mail.md#queue"]


def test_one_file_and_many_give_the_same_answers() -> None:
    one, many = engine(*MODULES, *PAGES, *FILLER), engine(*MODULES, *PAGES, *FILLER, options=SEVERAL_FILES)
    for query in ("mails not sent", "outgo", "mesage", "filling topic 3", "xtk:session", "nothing of the kind"):
        assert one.search(query, EN) == many.search(query, EN)


def test_the_same_entries_give_the_same_bytes() -> None:
    assert build_index(EN, (*PAGES, *MODULES), SEVERAL_FILES) == build_index(EN, (*PAGES, *MODULES), SEVERAL_FILES)


def test_a_files_name_changes_with_its_content() -> None:
    first = build_index(EN, PAGES)
    assert first.manifest != build_index(EN, PAGES[:2]).manifest
    assert all(artifact.path.startswith("search/en/") for artifact in first.artifacts)


def test_records_come_with_what_they_show() -> None:
    entry = record("web", "first symptom", "second symptom")
    assert engine(entry).search("symptom", EN).hits[0].shown == {"symptoms": "first symptom\nsecond symptom"}


def test_an_explanation_adds_up_what_each_word_gave() -> None:
    hit = engine(*PAGES, *FILLER).search("outgoing queue ", EN, explain=True).hits[0]
    assert {step["typed"] for step in hit.why} == {"outgoing", "queue"}
    assert sum(step["gain"] for step in hit.why) == pytest.approx(hit.score)


@pytest.mark.parametrize("kind", ["terms", "docs", "common", "lexicon", "manifest"])
@pytest.mark.parametrize("damage", ["missing", "cut", "changed", "garbage"])
def test_a_damaged_file_is_named_and_the_search_goes_on(kind: str, damage: str) -> None:
    index = build_index(EN, (*PAGES, *FILLER), Options(bundle_size=0, common_size=0 if kind == "lexicon" else 20_000))
    files = list(index.artifacts)
    place, victim = next((place, file) for place, file in enumerate(files) if f"/{kind}-" in file.path)
    spoilt = {"cut": victim.data[: len(victim.data) // 2], "changed": victim.data.replace(b"`", b"`x", 1), "garbage": b"\x00<html>"}
    if damage == "changed" and kind == "manifest":
        spoilt["changed"] = victim.data.replace(b"Sintoma.manifest", b"Sintoma.other")
    if damage == "missing":
        files.pop(place)
    else:
        files[place] = Artifact(victim.path, spoilt[damage])
    answer = Engine.of_artifacts({EN: index.manifest}, files).search("mesages queue", EN)
    assert answer.missing == (victim.path,)
    if kind in {"common", "lexicon"}:
        assert answer.hits[0].id == "mail.md#queue"


def test_an_index_of_another_version_is_refused_with_advice() -> None:
    index = build_index(EN, PAGES)
    files = [Artifact(index.manifest, manifest_script(index.manifest, {"version": VERSION + 1}).encode()), *index.artifacts[:-2]]
    with pytest.raises(RuntimeError, match="build the site again"):
        Engine.of_artifacts({EN: index.manifest}, files).search("queue", EN)


def test_an_empty_site_answers_nothing() -> None:
    assert engine().search("anything", EN).hits == ()


def test_a_built_folder_is_opened_by_its_languages(tmp_path: Path) -> None:
    for file in build_index(EN, PAGES).artifacts:
        (tmp_path / file.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file.path).write_bytes(file.data)
    opened = Engine.of_site(tmp_path)
    assert opened.languages == ("en",)
    assert found(opened, "bounce")[0] == "mail.md#bounce"
    with pytest.raises(FileNotFoundError, match="build the site first"):
        Engine.of_site(tmp_path / "search")


HOSTILE = (
    "__proto__", "constructor prototype", "toString valueOf hasOwnProperty", "${alert(1)}", "</script><script>", "(a+)+$", "[[[[", "\\", "`", "\x00\x01",
    "\ud83d\ude00" * 500, "e\u0301" * 3000, "a" * 100_000, "a " * 50_000, "/a" * 50_000, "1" * 100_000, "::::" * 5000, "@." * 5000, "\u202e\u2066", "漢" * 10_000, "ア" * 10_000,
)  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_query_is_a_query(query: str) -> None:
    all_ = engine(*MODULES, *PAGES, *FILLER)
    all_.search("queue", EN)
    start = process_time()
    all_.search(query, EN)
    assert process_time() - start < 0.5
    assert all_._runtime.call("() => Object.keys(Object.prototype).length + ({}).polluted === undefined") is False
    assert found(all_, "outgoing queue")[0] == "mail.md#queue"


def test_ten_thousand_random_queries_neither_fail_nor_take_long() -> None:
    pages = [section(f"p{number}.md#s", f"Heading {number}", " ".join(words)) for number, words in enumerate(_texts(200))]
    all_ = engine(*pages, *MODULES, options=SEVERAL_FILES)
    queries = [_random_query(random.Random(seed)) for seed in range(10_000)]
    all_.search("warm up", EN)
    slow = all_._runtime.call(_ASK_ALL, all_._manifests[EN], queries, list(_files(all_, EN)))
    assert slow["worst"] < 50
    assert slow["polluted"] == 0


_ASK_ALL = """(manifest, queries, files) => {
  const engine = Sintoma.createEngine({ manifest });
  for (const [path, text] of files) { (0, eval)(text); engine.settle(path, true); }
  let worst = 0;
  for (const query of queries) {
    // A busy machine may stop us anywhere: the quickest of three counts.
    let quickest = Infinity, answer;
    for (let round = 0; round < 3 && quickest >= 50; round++) {
      const start = Date.now();
      answer = engine.attempt(query, { prefix: query.length % 2 === 0 });
      quickest = Math.min(quickest, Date.now() - start);
    }
    worst = Math.max(worst, quickest);
    const { needs, results } = answer;
    if (needs.length || !Array.isArray(results)) throw new Error(query);
  }
  let polluted = 0;
  for (const key in {}) polluted++;
  return { worst, polluted };
}"""


def _files(all_: Engine, lang: str) -> list[tuple[str, str]]:
    """Every file of an index, by asking for what the manifest names."""
    manifest = all_._manifests[lang]
    text = all_._read(manifest) or ""
    all_._runtime.run(text)
    content = all_._runtime.call("(name) => Sintoma.shards.manifests.get(name)", manifest)
    names = [f"search/{lang}/{kind}-{name}.js" for kind in ("terms", "common", "lexicon", "docs") for name in content[kind]["names"]]
    return [(name, all_._read(name) or "") for name in (manifest, *names)]


def _texts(many: int) -> list[list[str]]:
    source = random.Random(7)
    letters = "abcdefghijklmnoprstuvw"
    words = ["".join(source.choices(letters, k=source.randint(3, 10))) for _ in range(3000)]
    return [source.choices(words, k=60) for _ in range(many)]


def _random_query(source: random.Random) -> str:
    kind = source.randrange(4)
    if kind == 0:
        return "".join(
            chr(source.choice((source.randrange(32, 127), source.randrange(0xA0, 0x3000), source.randrange(0x3000, 0xD7FF))))
            for _ in range(source.randrange(60))
        )
    if kind == 1:
        return " ".join("".join(source.choices("abcdefghijklmnoprstuvw", k=source.randrange(1, 12))) for _ in range(source.randrange(12)))
    if kind == 2:
        return "".join(source.choices("()[]{}*+?.\\^$|/-_:;%#@!<>'\"` ab1", k=source.randrange(80)))
    return source.choice(("__proto__", "constructor", "hasOwnProperty", "queue", "mails")) * source.randrange(1, 40)


def test_the_file_that_pages_load_holds_the_manifest_so_that_no_second_one_is_asked_for() -> None:
    index = build_index(EN, FILLER)
    texts = {artifact.path: artifact.data.decode() for artifact in index.artifacts}
    assert texts[index.manifest] in texts[index.current]
    first = Engine.of_artifacts({EN: index.current}, [artifact for artifact in index.artifacts if artifact.path != index.manifest])
    assert found(first, "filling text")


def files_for(query: str, index: Index) -> list[str]:
    """What a page that knows nothing yet asks for, in order."""
    files = {artifact.path: artifact.data.decode() for artifact in index.artifacts}
    asked: list[str] = []

    def read(path: str) -> str:
        asked.append(path)
        return files[path]

    Engine({EN: index.current}, read).search(query, EN, limit=1)
    return asked


def kinds_for(query: str, index: Index) -> list[str]:
    return [path.split("/")[-1].split("-")[0] for path in files_for(query, index)]


def test_a_misspelt_word_costs_no_file_more_than_the_word_that_was_meant() -> None:
    index = build_index(EN, (*PAGES, *FILLER), Options(bundle_size=0, terms_size=60))
    meant = files_for("outgoing queue ", index)
    assert files_for("outgoign qeuue ", index) == meant
    assert kinds_for("outgoing queue ", index) == ["current.js", "terms", "terms", "docs"]


def test_words_that_the_index_lacks_cost_hardly_a_piece_of_terms() -> None:
    index = build_index(EN, (*PAGES, *FILLER), Options(bundle_size=0, terms_size=60))
    words = ("wvutsq", "zyxxy", "brrrnt", "kwyjib", "plugh", "xyzzy", "qwfpg", "fnord")
    assert sum("terms" in kinds_for(f"{word} ", index) for word in words) <= 2


def test_the_reference_is_the_language_that_others_are_looked_up_in() -> None:
    files = {"ar.js": 'x(`{"lang":"ar","reference":{"lang":"en","manifest":"en.js"}}`)', "en.js": 'x(`{"lang":"en"}`)'}
    assert Engine({"ar": "ar.js", "en": "en.js"}, files.get).reference == "en"
    assert Engine({"ar": "en.js", "en": "en.js"}, files.get).reference == "ar"
