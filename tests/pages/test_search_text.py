"""The words of the search box, run in V8 from the very file that pages load."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).parents[2] / "theme" / "assets" / "js" / "search-text.js"


@pytest.fixture(scope="module")
def run() -> Any:  # noqa: ANN401  JSON in, JSON out
    """Call a function of the file."""
    from py_mini_racer import MiniRacer

    context = MiniRacer()
    context.eval(FILE.read_text(encoding="utf-8"))

    def call(name: str, *args: object) -> Any:  # noqa: ANN401
        return json.loads(str(context.eval(f"JSON.stringify(Sintoma.text.{name}(...{json.dumps(args)}))")))

    return call


def marked(run: Any, text: str, *asked: str) -> list[str]:  # noqa: ANN401
    pieces = run("pieces", text, asked)
    assert "".join(piece["text"] for piece in pieces) == text
    return [piece["text"] for piece in pieces if piece["hit"]]


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("Mails are no longer sent", "mail sent", ["Mails", "sent"]),
        ("Mails are not sent", "mails are not leaving", ["Mails"]),
        ("la dirección de correo", "direccion", ["dirección"]),
        ("port 7777 and 25", "7777", ["7777"]),
        ("the ports of Português", "port", ["ports"]),
        ("the mta runs", "mta", ["mta"]),
        ("メールが送信されなくなった", "メールを送信できない", ["メール", "送信"]),
        ("如果不再发送邮件，则检查此模块。", "邮件不再发送", ["不再发送邮件"]),
        ("进程没有启动时，请启动该进程。", "没有进程启动", ["进程没有启动", "启动", "进程"]),
        ("配信ログを確認", "配信失敗", ["配信"]),
        ("메일이 전송되지 않으면", "메일 전송", ["메일이", "전송되지"]),
        ("<b>bold</b>", "bold", ["bold"]),
        ("nothing here", "", []),
    ],
)
def test_the_words_that_were_asked_are_marked_and_no_letter_is_lost(run: Any, text: str, asked: str, expected: list[str]) -> None:  # noqa: ANN401
    assert marked(run, text, asked) == expected


def test_of_a_pasted_log_the_line_with_the_error_is_asked(run: Any) -> None:  # noqa: ANN401
    assert run("telling", "10:00 started\n10:01   connection refused by host\n10:02 end\n") == "10:01 connection refused by host"
    assert run("telling", "\n one \n two") == "one"
    assert run("telling", "") == ""


def test_an_excerpt_shows_the_place_of_the_first_marked_word_and_cuts_between_words(run: Any) -> None:  # noqa: ANN401
    text = f"{'word ' * 60}needle {'word ' * 60}"
    shown = run("excerpt", text, ["needle"], 100)
    assert "needle" in shown
    assert shown.startswith("… word")
    assert shown.endswith("word …")
    assert run("excerpt", "short", ["x"], 100) == "short"


def test_an_excerpt_of_chinese_shows_the_place_too_and_begins_with_a_clause_or_anywhere(run: Any) -> None:  # noqa: ANN401
    clauses = f"{'请先检查系统日志。' * 20}队列已满，{'请稍候再试。' * 20}"
    shown = run("excerpt", clauses, ["队列满"], 100)
    assert shown.startswith("… 请先检查系统日志。")
    assert "队列已满" in shown
    assert "队列已满" in run("excerpt", clauses.replace("。", ""), ["队列满"], 100)
