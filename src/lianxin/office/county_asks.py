"""What waits for this township's word after the county looked: returned records, returned files, open questions."""

from __future__ import annotations

from dataclasses import dataclass

from lianxin.domain.periods import Period
from lianxin.domain.records import ReceptionDecision, SentFile
from lianxin.office.receiving.questions import Question, questions_in
from lianxin.office.returned import Returned, decisions, returned_records
from lianxin.store.reading import Reading


@dataclass(frozen=True)
class WholeReturn:
    """A file that was returned as a whole; `done` once a later report went out."""

    decision: ReceptionDecision
    done: bool

    @property
    def issue(self) -> str:
        """2026年11月 第7期."""
        return f"{Period.parse(self.decision.period).label} 第{self.decision.seq}期"


@dataclass(frozen=True)
class CountyAsks:
    """Everything of the kind, what is still to be done first."""

    returned: tuple[Returned, ...]
    whole: tuple[WholeReturn, ...]
    questions: tuple[Question, ...]

    @property
    def open_returns(self) -> int:
        """Records that were returned and not corrected yet."""
        return sum(1 for each in self.returned if each.standing == "open")

    @property
    def to_do(self) -> int:
        """How many things wait for the township."""
        whole = sum(1 for each in self.whole if not each.done)
        return self.open_returns + whole + len(self.questions)

    @property
    def words(self) -> str:
        """退回修改的3条，整份退回1期，两种写法待选定2处; "" when nothing waits."""
        whole = sum(1 for each in self.whole if not each.done)
        parts = (
            (self.open_returns, f"退回修改的{self.open_returns}条"),
            (whole, f"整份退回{whole}期"),
            (len(self.questions), f"两种写法待选定{len(self.questions)}处"),
        )
        return "，".join(words for count, words in parts if count)


def county_asks(reading: Reading) -> CountyAsks:
    """What waits now; at a township."""
    own = tuple(each for each in questions_in(reading) if each.own)
    return CountyAsks(returned_records(reading), _whole(reading), own)


def _whole(reading: Reading) -> tuple[WholeReturn, ...]:
    told = [each for each in decisions(reading).values() if each.result == "returned"]
    if not told:
        return ()
    latest = max((each.seq for each in reading.all(SentFile) if each.sealed_kind == "report"), default=0)
    found = [WholeReturn(each, latest > each.seq) for each in told]
    return tuple(sorted(found, key=lambda each: (each.done, -each.decision.seq)))
