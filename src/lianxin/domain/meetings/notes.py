"""Taking notes by lines: `lqs 路要先修` is 刘青山's speech; a line without a speaker goes on with the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lianxin.domain.pinyin import Plain, readings

_LETTERS = re.compile(r"^([A-Za-z]{2,20})[\s:：,，]+(?=\S)", re.ASCII)
_NAME = re.compile(r"^([\u3400-\u9fff·\U00020000-\U0003ffff]{2,15})(?:[:：]\s*|\s+)(?=\S)")
_LETTERS_ALONE = re.compile(r"^([A-Za-z]{2,20})$", re.ASCII)


@dataclass(frozen=True)
class Attendee:
    """Somebody who may speak: a known person, or the name of somebody else."""

    name: str
    person: str | None = None


@dataclass(frozen=True)
class Understood:
    """A line as it was understood. `speakers` are everybody the beginning may mean, the likeliest first.

    No speaker and no `unknown`: the line goes on with the speech before. `unknown` is a beginning that looks like a
    speaker and fits nobody: it is kept as it was typed.
    """

    speakers: tuple[Attendee, ...]
    points: str
    unknown: str = ""

    @property
    def goes_on(self) -> bool:
        """Whether this continues what the speaker before says."""
        return not self.speakers and not self.unknown


def understood(line: str, people: Sequence[Attendee], *, plain: Plain) -> Understood:
    """Reads one line of notes; what cannot be read as a speaker stays text, so that nothing typed is lost."""
    text = line.strip()
    letters = _LETTERS.match(text) or _LETTERS_ALONE.match(text)
    if letters:
        typed, rest = letters.group(1).lower(), text[letters.end() :].strip()
        found = _by_letters(typed, people, plain)
        if found:
            return Understood(found, rest)
        # GDP 增长 begins with letters, too, and means nobody.
        return Understood((), text)
    named = _NAME.match(text)
    if named:
        name, rest = named.group(1), text[named.end() :].strip()
        known = tuple(each for each in people if each.name == name)
        if known:
            return Understood(known, rest)
        speaks = len(name) <= _LONGEST_UNKNOWN and not name.startswith(_NO_SPEAKERS)
        if named.group(0).rstrip().endswith((":", "：")) and speaks:
            return Understood((), rest, unknown=name)
    return Understood((), text)


_LONGEST_UNKNOWN = 4
"""A longer beginning before a colon is a sentence (会议一致提出：), not a name."""
_NO_SPEAKERS = (
    "会议", "大家", "上次", "本次", "这次", "下次", "同时", "此外", "其中", "例如", "比如", "建议", "要求", "决定", "原因",
)  # fmt: skip
"""Begins what is said of something, never a name: 会议提出：, 上次会议：."""


def _by_letters(typed: str, people: Sequence[Attendee], plain: Plain) -> tuple[Attendee, ...]:
    """Exact initials or full pinyin first, then whose reading begins so."""
    exact, begun = [], []
    for each in people:
        read = readings(each.name, plain=plain)
        if typed in read:
            exact.append(each)
        elif len(typed) >= _LEAST_BEGINNING and any(reading.startswith(typed) for reading in read):
            begun.append(each)
    return tuple(exact or begun)


_LEAST_BEGINNING = 3
