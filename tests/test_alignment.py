"""Blocks find their partners by position, by ids, and by what no translation changes."""

from __future__ import annotations

from generator.alignment import Alignment, align
from tests.checks.pairs import page


def aligned(original: str, translation: str, lang: str = "es") -> Alignment:
    return align(page(original, "en"), page(translation, lang))


def texts(alignment: Alignment) -> list[tuple[str | None, str | None]]:
    return [(pair.original and pair.original.text, pair.translation and pair.translation.text) for pair in alignment.pairs]


def test_pages_of_one_skeleton_are_paired_by_position_and_said_to_be_exact() -> None:
    alignment = aligned("# A {#a}\n\nOne.\n\n* two\n", "# X {#a}\n\nUno.\n\n* dos\n")
    assert texts(alignment) == [("A", "X"), ("One.", "Uno."), ("two", "dos")]
    assert (alignment.quality, alignment.divergence) == (1.0, None)


def test_the_first_divergence_is_said_with_both_blocks() -> None:
    alignment = aligned("# A {#a}\n\nOne.\n\n* two\n", "# X {#a}\n\n* dos\n")
    where = alignment.divergence
    assert where is not None
    assert where.original is not None
    assert where.translation is not None
    assert (where.original.span.line, where.translation.span.line) == (3, 3)
    assert alignment.quality == 2 / 3


def test_headings_with_the_same_id_hold_diverged_pages_together() -> None:
    alignment = aligned("# A {#a}\n\nOne.\n\nLost.\n\n## B {#b}\n\nTwo.\n", "# X {#a}\n\nUno.\n\n## Y {#b}\n\nDos.\n")
    assert ("B", "Y") in texts(alignment)
    assert ("Two.", "Dos.") in texts(alignment)
    assert ("Lost.", None) in texts(alignment)


def test_names_and_numbers_pair_blocks_between_headings() -> None:
    original = "# A {#a}\n\nRestart the mta_server.\n\nWait for 30 seconds here.\n\nOpen port 8080 now.\n\n```\nx\n```\n"
    alignment = aligned(original, "# X {#a}\n\nmta_server を再起動します。\n\nポート 8080 を開きます。\n\n```\nx\n```\n", "ja")
    assert ("Wait for 30 seconds here.", None) in texts(alignment)
    assert ("Open port 8080 now.", "ポート 8080 を開きます。") in texts(alignment)


def test_rows_and_cells_know_their_table_row_and_column() -> None:
    alignment = aligned("# A {#a}\n\n| H | I |\n|---|---|\n| a | b |\n", "# X {#a}\n\n| J | K |\n|---|---|\n| c | d |\n")
    places = [(pair.table, pair.row, pair.column) for pair in alignment.pairs]
    assert places == [(-1, -1, -1), (0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1)]


def test_cells_whose_words_the_other_rows_know_are_seen_to_have_changed_places() -> None:
    def swapped(*rows: tuple[str, str]) -> list[tuple[int, int]]:
        english = [("on", "off"), ("on", "on"), ("off", "on")]
        pages = (
            page("# T {#t}\n\n| a | b | c |\n|---|---|---|\n" + "".join(f"| {x} | {y} | text |\n" for x, y in lines), lang)
            for lines, lang in ((english, "en"), (rows, "it"))
        )
        return list(align(*pages).tables[0].swaps)

    assert swapped(("attivo", "vuoto"), ("attivo", "attivo"), ("vuoto", "attivo")) == []
    assert swapped(("attivo", "vuoto"), ("attivo", "attivo"), ("attivo", "vuoto")) == [(2, 0)]
    assert swapped(("attivo", "vuoto"), ("attivo", "attiva"), ("vuoto", "attiva")) == []


def test_an_empty_page_beside_a_full_one_is_aligned_with_nothing() -> None:
    assert aligned("# A {#a}\n\nOne.\n", "").quality == 0.0
    assert aligned("", "").quality == 1.0


def lost(english: list[str], other: list[str], lang: str) -> list[int]:
    """The rows of a table that its translation lacks, as the alignment sees it."""
    head = "| a | b | c | d |\n|---|---|---|---|\n"
    pages = [page(f"# T {{#t}}\n\n{head}" + "".join(f"| {row} |\n" for row in rows), name) for rows, name in ((english, "en"), (other, lang))]
    return [here for here, there in align(*pages).tables[0].rows if there is None and here is not None]


def test_a_lost_row_is_known_by_what_says_the_same_twice_in_it() -> None:
    english = ["Title | Attribute | String | Title", "Sub-title | Attribute | String | Name", "Event date | Attribute | Date | Date"]
    assert lost(english, ["タイトル | 属性 | 文字列 | タイトル", "イベントの日付 | 属性 | 日付 | 日付"], "ja") == [1]


def test_wide_digits_and_brackets_are_the_narrow_ones() -> None:
    english = ["Flag | TINY | NUM(3) | x", "Octet | TINY | NUM(3) | x", "Brief | TINY | NUM(5) | x", "Twofold | DOUBLE SIZE | REAL | x"]
    assert lost(english, ["フラグ | TINY | NUM （3） | x", "オクテット | TINY | NUM （3） | x", "二倍 | 倍精度 | 浮動小数 | x"], "ja") == [2]


def test_a_link_outside_that_asks_for_another_language_leads_to_the_same_place() -> None:
    english = [f"Part {n} | [more](https://e.com/docs/part-{n}.html) | x | y" for n in "abc"]
    assert lost(english, [f"Teil | [mehr](https://e.com/de/docs/part-{n}.html?lang=de) | x | y".replace("/de/docs", "/docs") for n in "ac"], "de") == [1]
