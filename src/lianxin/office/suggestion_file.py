"""What makes one matter a suggestion, as its page shows it: signers, the four roles, and what further units said."""

from __future__ import annotations

from dataclasses import dataclass

from lianxin.domain.dates import show_day
from lianxin.domain.records import CoHandling, Opinion, Signer, Suggestion
from lianxin.office.case_file import CaseFile
from lianxin.office.desk import Desk
from lianxin.office.names import Names
from lianxin.office.suggestions import of_matter
from lianxin.store.reading import Reading


@dataclass(frozen=True)
class SuggestionFile:
    """The Suggestion of a matter with names instead of references."""

    suggestion: Suggestion
    lead: str
    joint: tuple[str, ...]
    when: str
    co_handlers: tuple[tuple[CoHandling, str], ...]
    """Each further unit's part with the unit's name."""

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
    def open_parts(self) -> tuple[tuple[CoHandling, str], ...]:
        """The further units that have not answered."""
        return tuple(pair for pair in self.co_handlers if pair[0].answered is None)

    @property
    def co_lines(self) -> tuple[str, ...]:
        """镇规建站协办，12月20日前答复; one a unit."""
        return tuple(_co_line(part, name) for part, name in self.co_handlers)


def suggestion_file(desk: Desk, file: CaseFile) -> SuggestionFile:
    """The Suggestion beside a matter; one of an old ledger that has none yet stands with empty fields."""
    with desk.store.reading() as reading:
        found = of_matter(reading, file.opinion.uid)
        return _file(
            reading, file, found or Suggestion(uid="", opinion=file.opinion.uid, number=file.opinion.number)
        )


def _file(reading: Reading, file: CaseFile, suggestion: Suggestion) -> SuggestionFile:
    names = Names(reading)
    signers = reading.children(Signer, "suggestion", [suggestion.uid]) if suggestion.uid else []
    term = names.of("term", suggestion.term)
    session = f"第{suggestion.session}次会议" if suggestion.session else ""
    parts = [step for step in file.case.further if isinstance(step, CoHandling)]
    return SuggestionFile(
        suggestion=suggestion,
        lead=names.of("person", file.opinion.person),
        joint=tuple(names.of("person", each.person) for each in signers),
        when=" · ".join(part for part in (suggestion.shown("occasion"), f"{term}{session}") if part),
        co_handlers=tuple((part, names.of("unit", part.unit)) for part in parts),
    )


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
