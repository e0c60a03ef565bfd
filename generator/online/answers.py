"""What is known of addresses outside, kept from run to run: good answers for long, failed ones for a short while."""

from __future__ import annotations

import os
from enum import Enum
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from generator.neighbours import Outside

NAME: Final = "outside.msgpack"


class State(Enum):
    """How an address answered."""

    GOOD = "good"
    """There is something, or a server that will not show it to programs."""
    GONE = "gone"
    """The server says that nothing is there."""
    SILENT = "silent"
    """No answer, or one that says the server is in trouble."""
    PRIVATE = "private"
    """It leads into a network that may not be asked."""


class Answer(Struct, frozen=True):
    """What became of asking an address at a time.

    `since` is when it began to fail, 0 where it does not; `moved` where it has gone for good; `ids` those of the page,
    None where they are not known.
    """

    state: State
    asked: float
    why: str = ""
    since: float = 0.0
    moved: str = ""
    ids: tuple[str, ...] | None = None

    @property
    def failed(self) -> bool:
        """Whether it counts as a failure."""
        return self.state in (State.GONE, State.SILENT)


Answers = dict[str, Answer]
"""Addresses without their fragments, and what they answered."""

_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(Answers)


def read(folder: Path | None) -> Answers:
    """What is kept in a folder; nothing where there is nothing that can be read."""
    try:
        return _DECODER.decode((folder / NAME).read_bytes()) if folder else {}
    except (OSError, msgspec.MsgspecError):
        return {}


def write(folder: Path | None, answers: Answers) -> None:
    """Keep answers, whole or not at all. Raises OSError."""
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{NAME}.{os.getpid()}"
    part.write_bytes(_ENCODER.encode(dict(sorted(answers.items()))))
    part.replace(folder / NAME)


def counts(answer: Answer | None, outside: Outside, now: float, *, with_ids: bool) -> bool:
    """Whether an answer is young enough; one without ids does not do where they are asked for."""
    if answer is None or answer.asked > now or answer.state is State.PRIVATE:
        return False
    if with_ids and answer.state is State.GOOD and answer.ids is None and not answer.why:
        return False
    return now - answer.asked < (outside.failed_for if answer.failed else outside.good_for)


def later(old: Answer | None, new: Answer) -> Answer:
    """A new answer that knows since when the address fails."""
    if not new.failed:
        return new
    return replace(new, since=old.since if old and old.failed else new.asked)
