"""Korean and Chinese, whose words no stemmer cuts: what callers ask is found."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from generator.model import Lang
from generator.search import Engine, Options
from tests.search.asian import CHINESE, CHINESE_QUERIES, KOREAN, KOREAN_QUERIES
from tests.search.entries import engine, found, section

KO, ZH = Lang("ko"), Lang("zh")
DESKS = {KO: (KOREAN, KOREAN_QUERIES), ZH: (CHINESE, CHINESE_QUERIES)}


def desk(lang: Lang, texts: Mapping[str, tuple[str, str]], options: Options | None = None) -> Engine:
    return engine(*(section(name, heading, body) for name, (heading, body) in texts.items()), lang=lang, options=options)


@pytest.mark.parametrize("options", [None, Options(bundle_size=0, terms_size=300)], ids=["one file", "several"])
@pytest.mark.parametrize("lang", DESKS)
def test_what_callers_ask_leads_to_the_section_that_answers(lang: Lang, options: Options | None) -> None:
    texts, queries = DESKS[lang]
    all_ = desk(lang, texts, options)
    places = []
    for query, expected in queries.items():
        ids = found(all_, query, lang)
        places.append(next((place for place, id_ in enumerate(ids, 1) if id_ in expected.split()), 0))
    assert sum(place == 1 for place in places) / len(places) >= 0.95
    assert all(0 < place <= 5 for place in places), [query for query, place in zip(queries, places, strict=True) if not 0 < place <= 5]


@pytest.mark.parametrize("typed", ["로그", "로그가", "로그를", "로그에서는", "로그까지"])
def test_a_korean_particle_weighs_nothing(typed: str) -> None:
    texts = {
        "logs": ("로그 보관", "로그를 압축합니다."),
        "bugs": ("버그", "버그가 있으면 알립니다."),
        "more": ("로그 읽기", "로그는 길다."),
    }
    ids = found(desk(KO, texts), typed + " ", KO)
    assert sorted(ids) == ["logs", "more"]


@pytest.mark.parametrize("typed", ["VPN", "VPN에", "VPN이", "VPN으로는"])
def test_a_particle_behind_a_latin_word_is_none_of_it(typed: str) -> None:
    texts = {"vpn": ("연결", "VPN에서 끊긴다."), "mta": ("발송", "mta에 이 값을 넣는다. 예: 으로는")}
    assert found(desk(KO, texts), typed + " ", KO) == ["vpn"]


@pytest.mark.parametrize(("lang", "typed"), [(KO, "bluetoth에 연결"), (KO, "bluetoth연결"), (ZH, "bluetoth连不上"), (Lang("ja"), "bluetothがつながらない")])
def test_a_misspelt_word_is_forgiven_though_no_blank_parts_it_from_the_next(lang: Lang, typed: str) -> None:
    texts = {"wanted": ("Bluetooth", "Bluetooth 연결 连接 接続"), "other": ("Wi-Fi", "Wi-Fi 연결 连接 接続")}
    answer = desk(lang, texts).search(typed, lang)
    assert answer.hits[0].id == "wanted"
    assert ("bluetoth", "typo") in [(word["typed"], word["how"]) for word in answer.understood]


def test_a_long_korean_word_counts_no_more_than_a_short_one() -> None:
    texts = {"long": ("블루투스", "블루투스 이야기."), "short": ("화면", "화면 이야기."), **{f"more{n}": ("다른 글", "다른 이야기.") for n in range(6)}}
    scores = {word: desk(KO, texts).search(word, KO).hits[0].score for word in ("블루투스", "화면")}
    assert scores["블루투스"] < 2 * scores["화면"]


@pytest.mark.parametrize("typed", ["안돼요", "왜 자꾸"])
def test_korean_words_that_say_nothing_are_not_looked_for(typed: str) -> None:
    assert found(desk(KO, {"one": ("안전한 화면", "왜가리가 자꾸 온다.")}), typed, KO) == []


@pytest.mark.parametrize(("lang", "typed"), [(KO, "큐가"), (KO, "큐"), (ZH, "锁"), (ZH, "锁了")])
def test_a_word_of_one_letter_is_found_whatever_follows_it(lang: Lang, typed: str) -> None:
    texts = {"wanted": ("큐 锁", "큐에 남은 문서. 锁会释放。"), "other": ("문서", "다른 문서. 其他文件。")}
    assert found(desk(lang, texts), typed, lang) == ["wanted"]


def test_words_that_nothing_holds_are_named_as_they_were_typed_and_pairs_between_words_are_not() -> None:
    all_ = desk(ZH, CHINESE)
    assert [(word["typed"], word["how"]) for word in all_.search("邮件队列 咖喱饭", ZH).understood] == [
        ("邮件", "exact"), ("队列", "exact"), ("咖喱饭", "none"),
    ]  # fmt: skip
