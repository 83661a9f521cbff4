"""How one township's return of one period stands: sent, waiting, late or missing, and in which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from lianxin.bundle.codes import Code
from lianxin.domain.codes import REPORTING_WAY
from lianxin.domain.dates import show_day_short
from lianxin.domain.periods import Period
from lianxin.domain.records import StampedPaper
from lianxin.domain.rules import RuleProfile

State = Literal["in", "returned", "held", "aside", "refused", "taken_back", "missing", "exempt"]
"""`in` covers open questions too, for the file is merged; `exempt` was no township of this county then."""
ARRIVED: frozenset[State] = frozenset({"in", "returned"})
STUCK: frozenset[State] = frozenset({"held", "aside", "refused", "taken_back"})
"""Something came and is not in the ledger: neither 已收 nor 未报."""

_OF_FILE: dict[str, State] = {
    "held": "held",
    "aside": "aside",
    "refused": "refused",
    "taken_back": "taken_back",
}
WAITING_WORDS: Mapping[str, str] = {
    "held": "暂存等待",
    "aside": "另存待查",
    "refused": "核验未通过",
    "taken_back": "已撤回",
}
"""A file that came and is not in the ledger, in the words of a badge."""
_WORDS: Mapping[str, str] = {**WAITING_WORDS, "returned": "待重报", "exempt": "不用报"}


@dataclass(frozen=True)
class Sent:
    """One file of a return, or one entry on behalf (`way` = behalf, without number).

    `state` is accepted, held, taken_back, aside or refused; `receipt` whether a receipt told of it, `decision` a
    code of RECEPTION_RESULT once the county passed or returned it; `brought` are new and changed records, `merged`
    whether they stand in the ledger (those of a 普通报送 only once they were read on the township's behalf).
    """

    way: str
    seq: int
    state: str
    came: datetime
    code: str = ""
    check_code: str = ""
    brought: tuple[int, int] = (0, 0)
    conflicts: int = 0
    merged: bool = False
    receipt: bool = False
    decision: str = ""
    place: str = ""
    replica: str = ""

    @property
    def taken(self) -> bool:
        """Whether it came in for good (a 普通报送: verified and kept)."""
        return self.state == "accepted"

    def waits_beyond(self, last: Sent) -> bool:
        """Whether this one still asks for somebody although `last` is in.

        Of a refused one with the number of the one that is in, the good copy came: nobody needs to act.
        """
        if self.state in ("held", "refused"):
            return self.seq > last.seq
        return self.state == "aside" and self.came >= last.came

    @property
    def fresh(self) -> bool:
        """Whether it brought something that was not here."""
        return self.taken and self.code != Code.OLDER.value and (self.way != "signed" or any(self.brought))

    @property
    def issue(self) -> str:
        """第7期; what it is, for one without number."""
        return f"第{self.seq}期" if self.seq and self.way == "signed" else REPORTING_WAY.label_of(self.way)


@dataclass(frozen=True)
class Return:
    """One township's return of one period. `files` in the order in which they came.

    `due` is None where no rule asks for it; `late` counts days beyond it: of a missing one until today, of one that
    came until it came.
    """

    code: str
    period: Period
    state: State
    files: tuple[Sent, ...] = ()
    stamped: StampedPaper | None = None
    due: date | None = None
    late: int = 0

    @property
    def last(self) -> Sent | None:
        """The file that counts: the latest signed one that was taken in, any that was, else the latest of all."""
        taken = [each for each in self.files if each.taken]
        found = [each for each in taken if each.way == "signed"] or taken or self.files
        return found[-1] if found else None

    @property
    def arrived(self) -> bool:
        """已收."""
        return self.state in ARRIVED

    @property
    def stuck(self) -> bool:
        """Something came and waits for a person."""
        return self.state in STUCK

    @property
    def missing(self) -> bool:
        """未报: nothing came at all."""
        return self.state == "missing"

    @property
    def source(self) -> str:
        """报送件, 普通报送, 代录; "" when nothing is in."""
        return REPORTING_WAY.label_of(self.last.way) if self.arrived and self.last else ""

    @property
    def receipt(self) -> bool:
        """Whether the township was told of the file that counts."""
        return self.last is not None and self.last.receipt

    @property
    def issue(self) -> str:
        """第7期, 第8期（更正第7期）, 第12期（共2份） of two computers, 普通报送."""
        last = self.last
        if not self.arrived or last is None:
            return ""
        before = [each for each in self.files if each.taken and each.way == last.way and each is not last]
        same = [each.seq for each in before if each.replica == last.replica and each.seq < last.seq]
        if same:
            return f"{last.issue}（更正第{max(same)}期）"
        return f"{last.issue}（共{len(before) + 1}份）" if before else last.issue

    @property
    def short_issue(self) -> str:
        """第7期, 第8期更正: for a narrow column."""
        return self.issue.partition("（")[0] + ("更正" if "更正" in self.issue else "")

    @property
    def stamped_behind(self) -> bool:
        """The stamped paper that is here belongs to an earlier number than the one that counts."""
        seen = self.stamped.seq if self.stamped is not None else None
        return bool(seen and self.last and self.last.taken and self.last.seq > seen)

    @property
    def trouble(self) -> Sent | None:
        """A file beyond the one that counts that could not be taken in: a correction that failed, or a second face.

        What is taken in later ends it: of a changed copy beside the good file nobody needs to hear.
        """
        last = self.last
        if last is None or not self.arrived:
            return None
        found = [each for each in self.files if each.waits_beyond(last)]
        return found[-1] if found else None

    def badge(self, today: date) -> str:
        """How it stands in a few words: 已收, 已收，迟3天, 超期6天, 今天到期, 12月3日前报, 暂存等待."""
        if self.state == "in":
            return f"已收，迟{self.late}天" if self.late else "已收"
        if self.state != "missing":
            return _WORDS[self.state]
        if self.late:
            return f"超期{self.late}天"
        if self.due is None:
            return "未报"
        return "今天到期" if self.due == today else f"{show_day_short(self.due)}前报"


def due_day(profile: RuleProfile, period: Period) -> date | None:
    """The last day on which the return of a period is in time (rule 乡镇报表报送期限); None without such a rule."""
    return profile.limit(period.end, profile.return_due) if profile.return_due is not None else None


def return_of(
    code: str,
    period: Period,
    files: Sequence[Sent],
    *,
    due: date | None,
    today: date,
    stamped: StampedPaper | None = None,
    asked: bool = True,
) -> Return:
    """How it stands on a day. What is in the ledger rules; of what is not, the latest file does."""
    ordered = tuple(sorted(files, key=lambda each: (each.came, each.seq)))
    taken = [each for each in ordered if each.taken]
    if taken:
        state: State = "returned" if taken[-1].decision == "returned" else "in"
        late = _days_beyond(due, taken[0].came.date())
    elif ordered:
        state, late = _OF_FILE.get(ordered[-1].state, "aside"), 0
    else:
        state, late = ("missing", _days_beyond(due, today)) if asked else ("exempt", 0)
    return Return(code, period, state, ordered, stamped, due, late)


def _days_beyond(due: date | None, day: date) -> int:
    return max(0, (day - due).days) if due is not None else 0
