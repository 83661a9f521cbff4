"""What waits for a word at the county: open questions, files behind a gap, files put aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from lianxin.bundle.checkcode import spoken_code
from lianxin.bundle.codes import Code
from lianxin.county.townships.names import Towns, towns_in
from lianxin.domain.dates import show_moment
from lianxin.domain.periods import Period
from lianxin.domain.streams import replica_of
from lianxin.office.desk import Desk
from lianxin.office.lists.record_titles import title_of
from lianxin.office.names import Names
from lianxin.office.receiving.choices import Choice
from lianxin.office.receiving.questions import Question, masked, questions
from lianxin.store.reading import Reading
from lianxin.store.received import ReceivedFile, bundle_before, received_files

FORKED = (
    "打电话问清是哪两台电脑用了同一份数据，或者哪台把整个系统恢复到了以前。县里已经收下的都在，不受影响：收下的那台照常报，"
    "另一台先不要报，它多登记的在那台上补登。收下的那台已经不在、只剩另一台的，先撤回收下的那份，再接收这份另存的。"
)
"""What to do about two histories of one computer."""


@dataclass(frozen=True)
class Side:
    """One of the values that stand, with who wrote it when; `number` is what `resolve` takes."""

    number: str
    shown: str
    hidden: bool
    who: str


@dataclass(frozen=True)
class Asked:
    """A question as people read it. `answered` says what the county told the township, "" for nothing yet.

    `base` is the value that stood before, masked like the sides; "" when there was none.
    """

    question: Question
    town: str
    title: str
    sides: tuple[Side, ...]
    answered: str
    base: str = ""

    @property
    def key(self) -> str:
        """The id of the question."""
        return self.question.id


@dataclass(frozen=True)
class Stuck:
    """A file that waits (`held`) or was put aside: why in words, what to do, one line for the township."""

    key: str
    town: str
    issue: str
    received: datetime
    file_name: str
    check_code: str
    held: bool
    why: str
    act: str
    line: str


@dataclass(frozen=True)
class Waiting:
    """Everything that waits."""

    asked: tuple[Asked, ...]
    held: tuple[Stuck, ...]
    aside: tuple[Stuck, ...]


def waiting(desk: Desk) -> Waiting:
    """What waits now, questions without an answer first."""
    open_now = questions(desk)
    with desk.store.reading() as reading:
        towns, names = towns_in(reading), Names(reading)
        asked = []
        for each in open_now:
            record = reading.get(each.cls, each.uid)
            title = title_of(names, record) if record is not None else each.title
            asked.append(_asked(towns, each, title))
        held = [_held(reading, towns, each) for each in received_files(reading.connection, "held")]
        aside = [_aside(towns, each) for each in received_files(reading.connection, "aside")]
    asked.sort(key=lambda each: bool(each.answered))
    return Waiting(tuple(asked), tuple(held), tuple(aside))


def _asked(towns: Towns, question: Question, title: str) -> Asked:
    sides = sides_of(question, lambda choice: _who(towns, choice))
    base = base_of(question)
    return Asked(question, towns.name(question.org), title, sides, _answered(question, sides), base)


def sides_of(question: Question, who: Callable[[Choice], str]) -> tuple[Side, ...]:
    """The values as a panel shows them, personal ones masked."""
    return tuple(
        Side(
            str(number),
            masked(question, each) if question.personal else each.shown,
            question.personal,
            who(each),
        )
        for number, each in enumerate(question.choices, 1)
    )


def base_of(question: Question) -> str:
    """The value before as a panel shows it."""
    if question.before is None:
        return ""
    return masked(question, question.before) if question.personal else question.base


def _answered(question: Question, sides: tuple[Side, ...]) -> str:
    answer = question.answer
    if answer is None:
        return ""
    if answer.head is None and answer.value is None:
        return "已退乡镇确认，随回执告诉乡镇"
    for side, choice in zip(sides, question.choices, strict=True):
        if answer.head == choice.head.text():
            return f"县里采用“{side.shown}”，随回执告诉乡镇，由乡镇改定"
    return "已写明县里的意见，随回执告诉乡镇，由乡镇改定"


def _who(towns: Towns, choice: Choice) -> str:
    """石牌镇 电脑1 2026年11月20日 09:00."""
    device = towns.device(replica_of(choice.head.stream)) or "另一台电脑"
    return "　".join(part for part in (towns.name(choice.org), device, written_at(choice)) if part)


def written_at(choice: Choice) -> str:
    """2026年11月20日 09:00; "" when the entry does not say."""
    return show_moment(datetime.fromisoformat(choice.at)) if choice.at else ""


def _held(reading: Reading, towns: Towns, file: ReceivedFile) -> Stuck:
    before = bundle_before(reading.connection, file.replica, file.seq)
    reached = before.seq if before is not None else 0
    missing = list(range(reached + 1, file.seq))
    town = towns.name(file.org)
    which = _numbers(missing) if missing else "前面的一份"
    device = towns.device(file.replica)
    on = f"（{device}）" if device else ""
    return _stuck(
        file, town, held=True,
        why=f"等{town}{on}{which}",
        act=f"请{town}补发{which}报送件；收到后这一份自动接上。数据都在，不会丢。",
        line=f"{town}：县人大收到了第{file.seq}期报送件，还缺{which}，请把{which}的文件再送一次（不用重新登记）。",
    )  # fmt: skip


def _aside(towns: Towns, file: ReceivedFile) -> Stuck:
    town = towns.name(file.org)
    told = str(file.verdict.get("message") or "").strip()
    fork = file.verdict.get("code") == Code.FORK.value
    act = FORKED if fork else str(file.verdict.get("next") or "")
    return _stuck(
        file, town, held=False, why=told, act=act,
        line=f"{town}：{_issue(file)}报送件（文件 {file.file_name}）另存待查：{told.partition('。')[0]}。"
        "请核对是哪台电脑做的、以哪一份为准，回个电话。",
    )  # fmt: skip


def _stuck(file: ReceivedFile, town: str, *, held: bool, why: str, act: str, line: str) -> Stuck:
    at = datetime.fromisoformat(file.received_at)
    code = spoken_code(file.digest)
    return Stuck(file.place, town, _issue(file), at, file.file_name, code, held, why, act, line)


def _issue(file: ReceivedFile) -> str:
    return f"{Period.parse(file.period).label} 第{file.seq}期"


def _numbers(seqs: list[int]) -> str:
    return f"第{seqs[0]}期" if len(seqs) == 1 else f"第{seqs[0]}期到第{seqs[-1]}期"
