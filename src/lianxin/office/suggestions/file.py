"""What makes one matter a suggestion, as its page shows it: signers, roles, further units, who was told and asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.casework.suggestion_judging import DeputyAnswer
from lianxin.domain.checks import mask_phone
from lianxin.domain.dates import show_day, show_day_short
from lianxin.domain.records import CoHandling, Consultation, Informing, Opinion, Signer, Suggestion
from lianxin.office.case_papers.case_file import CaseFile
from lianxin.office.desk import Desk
from lianxin.office.names import Names, numeral
from lianxin.office.suggestions.steps import answers_in, signers_of, to_inform_in
from lianxin.office.suggestions.suggestion import of_matter
from lianxin.store.reading import Reading


@dataclass(frozen=True)
class Asked:
    """A deputy who is asked about the reply, by name."""

    name: str
    answer: DeputyAnswer


@dataclass(frozen=True)
class SuggestionFile:
    """The Suggestion of a matter with names instead of references."""

    suggestion: Suggestion
    lead: str
    signers: tuple[tuple[str, Signer], ...]
    """The joint deputies, each with the name."""
    when: str
    co_handlers: tuple[tuple[CoHandling, str], ...]
    """Each further unit's part with the unit's name."""
    answers: tuple[Asked, ...] = ()
    to_inform: tuple[tuple[str, str], ...] = ()
    """uid and name of those who still have to be given the latest reply."""
    informed: tuple[tuple[str, Informing], ...] = ()
    consultations: tuple[Consultation, ...] = ()

    @property
    def joint(self) -> tuple[str, ...]:
        """The joint deputies by name."""
        return tuple(name for name, _ in self.signers)

    @property
    def signers_line(self) -> str:
        """领衔 龙志明 · 联名 向光明、单大贵（共3名）."""
        joint = f" · 联名 {'、'.join(self.joint)}（共{len(self.joint) + 1}名）" if self.joint else ""
        return f"领衔 {self.lead or '未填'}{joint}"

    @property
    def roles(self) -> tuple[str, ...]:
        """四方联动 in words, those that are set."""
        told = (
            ("重点督办", self.suggestion.supervisor),
            ("领衔办理", self.suggestion.leader),
            ("分线督办", self.suggestion.branch),
            ("代表视察", self.suggestion.inspecting),
        )
        return tuple(f"{label} {words}" for label, words in told if words)

    @property
    def handlers_line(self) -> str:
        """承办负责人 张三（站长） · 承办人 李四 138****0000."""
        own = self.suggestion
        post = f"（{own.handler_post}）" if own.handler_post else ""
        parts = [f"承办负责人 {own.handler_head}{post}"] if own.handler_head else []
        phone = mask_phone(own.handler_phone) if own.handler_phone else ""
        handler = " ".join(part for part in (own.handler, phone) if part)
        return " · ".join(parts + ([f"承办人 {handler}"] if handler else []))

    @property
    def open_parts(self) -> tuple[tuple[CoHandling, str], ...]:
        """The further units that have not answered."""
        return tuple(pair for pair in self.co_handlers if pair[0].answered is None)

    @property
    def co_lines(self) -> tuple[str, ...]:
        """镇规建站协办，12月20日前答复; one a unit."""
        return tuple(_co_line(part, name) for part, name in self.co_handlers)

    @property
    def deputies_lines(self) -> tuple[str, ...]:
        """Who was given the reply and who was not, and what each said of it."""
        lines = []
        if self.informed:
            lines.append(f"答复已送 {self._informed_words()}")
        if self.to_inform:
            lines.append(f"答复未送 {'、'.join(name for _, name in self.to_inform)}")
        if self.answers:
            lines.append(f"评价 {self._judged_words()}")
        return tuple(lines)

    def _informed_words(self) -> str:
        """龙志明、向光明（7月21日）: by the day, so that many names stay one line."""
        by_day: dict[date, list[str]] = {}
        for name, one in self.informed:
            by_day.setdefault(one.day, []).append(name)
        return "；".join(f"{'、'.join(some)}（{show_day_short(day)}）" for day, some in by_day.items())

    def _judged_words(self) -> str:
        """领衔 龙志明 满意；联名 待征询 覃春生，满意 向光明."""
        inquiry = self.suggestion.form == "inquiry"
        lead = [each for each in self.answers if each.answer.lead and not inquiry]
        others: dict[str, list[str]] = {}
        for each in self.answers:
            if each not in lead:
                others.setdefault(each.answer.words, []).append(each.name)
        said = [f"{words} {'、'.join(some)}" for words, some in sorted(others.items())]
        joint = [f"{'提案代表' if inquiry else '联名'} {'，'.join(said)}"] if said else []
        return "；".join([*(f"领衔 {each.name} {each.answer.words}" for each in lead), *joint])


def suggestion_file(desk: Desk, file: CaseFile) -> SuggestionFile:
    """The Suggestion beside a matter; one of an old ledger that has none yet stands with empty fields."""
    own = file.opinion
    with desk.store.reading() as reading:
        found = of_matter(reading, own.uid)
        return _file(desk, reading, file, found or Suggestion(uid="", opinion=own.uid, number=own.number))


def _file(desk: Desk, reading: Reading, file: CaseFile, suggestion: Suggestion) -> SuggestionFile:
    names, own = Names(reading), file.opinion
    parts = [step for step in file.case.further if isinstance(step, CoHandling)]
    return SuggestionFile(
        suggestion=suggestion,
        lead=names.of("person", own.person),
        signers=tuple((names.of("person", each.person), each) for each in signers_of(reading, own.uid)),
        when=occasion_words(names, suggestion),
        co_handlers=tuple((part, names.of("unit", part.unit)) for part in parts),
        answers=tuple(
            Asked(names.of("person", each.person), each) for each in answers_in(desk, reading, own)
        ),
        to_inform=tuple((uid, names.of("person", uid)) for uid in to_inform_in(reading, own.uid)),
        informed=tuple(_informed(names, file)),
        consultations=tuple(step for step in file.case.further if isinstance(step, Consultation)),
    )


def _informed(names: Names, file: CaseFile) -> Sequence[tuple[str, Informing]]:
    """Those who were given the latest reply."""
    latest = max(file.case.replies, key=lambda each: (each.day, each.uid), default=None)
    told = [step for step in file.case.further if isinstance(step, Informing)]
    return [(names.of("person", each.person), each) for each in told if latest and each.reply == latest.uid]


def occasion_words(names: Names, suggestion: Suggestion) -> str:
    """会议期间 · 第十九届第六次会议, or 闭会期间 · 第十九届."""
    term = names.of("term", suggestion.term)
    session = f"第{numeral(suggestion.session)}次会议" if suggestion.session else ""
    return " · ".join(part for part in (suggestion.shown("occasion"), f"{term}{session}") if part)


def matter_of_suggestion(desk: Desk, kind: str, uid: str) -> str | None:
    """The matter a suggestion or one of its signers belongs to; None when there is no such record."""
    with desk.store.reading() as reading:
        if kind == Signer.KIND:
            signer = reading.get(Signer, uid)
            uid = signer.suggestion if signer else uid
        suggestion = reading.get(Suggestion, uid)
        if suggestion is not None:
            return suggestion.opinion
        return uid if reading.get(Opinion, uid) is not None else None


def _co_line(part: CoHandling, name: str) -> str:
    if part.answered is not None:
        result = f"，{part.shown('result')}" if part.result else ""
        return f"{name}{part.shown('part')}，{show_day(part.answered)}已答复{result}"
    return f"{name}{part.shown('part')}，" + (f"{show_day(part.due)}前答复" if part.due else "尚未答复")
