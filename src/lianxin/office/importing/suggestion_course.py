"""What a row of an old ledger says was done with a suggestion: handed over, spoken of, answered, judged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from lianxin.domain.casework.standing import due_date
from lianxin.domain.codes import SATISFACTION
from lianxin.domain.dictionary import Record
from lianxin.domain.records import (
    Assignment,
    CoHandling,
    Consultation,
    Opinion,
    Reply,
    Satisfaction,
)
from lianxin.domain.rules import RuleProfile
from lianxin.office.cases.referring import References
from lianxin.store.writing import Writing

_APART = re.compile(r"[、，,；;/\n]+")
_WORD = re.compile("|".join(sorted((each.label for each in SATISFACTION.codes), key=len, reverse=True)))


def several(text: str) -> list[str]:
    """向光明、覃春生: the names of a cell."""
    return [part.strip() for part in _APART.split(text) if part.strip()]


def judged_words(text: str) -> tuple[str, str, str]:
    """总评, 态度, 结果 of 基本满意（态度满意，结果基本满意）, as codes; "" for what is not said."""
    word = SATISFACTION.find(text)
    if word is not None:
        return word.code, "", ""
    total, _, inner = text.replace("(", "（").partition("（")
    apart = {label: _code(part) for label in ("态度", "结果") for part in several(inner) if label in part}
    return _code(total), apart.get("态度", ""), apart.get("结果", "")


def _code(text: str) -> str:
    """The first word of satisfaction in a text."""
    found = _WORD.search(text)
    code = SATISFACTION.find(found[0]) if found else None
    return code.code if code is not None else ""


@dataclass(frozen=True)
class RowCourse:
    """One row on its way to step records; `said` are its cells, `days` those that could be read."""

    said: Mapping[str, str]
    days: Mapping[str, date]
    matter: Opinion
    writing: Writing
    references: References
    profile: RuleProfile
    today: date
    hard: bool

    def steps(self) -> Iterator[Record]:
        """The steps in their order."""
        unit = self._unit(self.said.get("unit", ""))
        if unit:
            yield from self._handed(unit)
        if day := self.days.get("met"):
            yield Consultation(uid=self._new(), opinion=self.matter.uid, day=day, unit=unit)
        answered = self.days.get("answered")
        if answered is not None:
            yield self._reply(answered, unit)
        yield from self._judged(answered)

    def _handed(self, unit: str) -> Iterator[Record]:
        day = self.days.get("assigned") or self.matter.registered
        due = self.days.get("due") or due_date(day, self.profile, track=self.matter.track, hard=self.hard)
        yield Assignment(uid=self._new(), opinion=self.matter.uid, day=day, unit=unit, due=due)
        for name in several(self.said.get("co_units", "")):
            other = self._unit(name)
            if other:
                yield CoHandling(uid=self._new(), opinion=self.matter.uid, day=day, unit=other)

    def _reply(self, day: date, unit: str | None) -> Reply:
        typed = {"opinion": self.matter.uid, "date": day.isoformat(), "result": self.said.get("result", "")}
        read = Reply.parse(typed, uid=self._new(), today=self.today).record
        reply = read or Reply(uid=self._new(), opinion=self.matter.uid, day=day)
        return replace(
            reply,
            unit=unit,
            words=self.said.get("answer") or None,
            document=self.said.get("document") or None,
        )

    def _judged(self, day: date | None) -> Iterator[Satisfaction]:
        overall, attitude, outcome = judged_words(self.said.get("satisfaction", ""))
        attitude = _code(self.said.get("attitude", "")) or attitude
        outcome = _code(self.said.get("outcome", "")) or outcome
        if overall or attitude or outcome:
            # A ledger with two words and no total: a deputy is no more satisfied than with the worse of them.
            overall = overall or max((attitude, outcome), key=_WORST.index)
            yield Satisfaction(
                uid=self._new(), opinion=self.matter.uid, day=day, overall=overall, whom="lead",
                person=self.matter.person, attitude=attitude or None, outcome=outcome or None,
            )  # fmt: skip
        for part in several(self.said.get("joint_judged", "")):
            word = _code(part)
            name = _WORD.sub("", part).strip(" 　：:")
            person = self.references.uid_of("person", name) if word and name else None
            if person:
                yield Satisfaction(
                    uid=self._new(),
                    opinion=self.matter.uid,
                    day=day,
                    overall=word,
                    whom="joint",
                    person=person,
                )

    def _unit(self, name: str) -> str | None:
        return self.references.uid_of("unit", name) if name else None

    def _new(self) -> str:
        return self.writing.new_uid()


_WORST = ("", "satisfied", "basically", "unsatisfied", "unreached")
"""From the best word to the worst."""
