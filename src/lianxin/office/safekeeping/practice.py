"""先练一遍: the steps of the main job, ticked when they were really done since the practice began.

What was done is read from the journal, so it does not matter how, and what was undone is open again. Offered in the
sample office; elsewhere only to who asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lianxin.domain.canonical import JsonValue
from lianxin.domain.dictionary import Record
from lianxin.domain.records import (
    Activity,
    Archiving,
    Assignment,
    Bulletin,
    Contact,
    Enrolment,
    Opinion,
    ReceiptItem,
    ReceptionDecision,
    Reply,
    Routing,
    Satisfaction,
    SentFile,
    Supervision,
)
from lianxin.office.desk import Desk, office_of
from lianxin.office.trust.trusting import is_county
from lianxin.store.reading import Reading

Way = Literal["begin", "matter", "page", "post"]
"""What 带我去 does: the main action of the page, the matter practised on, the page alone, or the files that came."""

_SETTING = "practice"
_SINCE, _AWAY = "since", "away"


@dataclass(frozen=True)
class PracticeStep:
    """One step: what to do in the clerk's words, the kind whose new record shows that it was done, and the page."""

    title: str
    words: str
    kind: type[Record]
    page: str
    way: Way = "matter"


TOWNSHIP_STEPS = (
    PracticeStep(
        "登记一次来访", "写来访人、反映内容，选类别，回车到下一项；处理方式先留空，按“保存并登记下一位”。",
        Contact, "contacts", "begin",
    ),
    PracticeStep("梳理分流", "在刚登记的那件意见上按“梳理分流”，处理方式选“转交办理”，在同一张表里选承办单位。", Routing, "opinions"),
    PracticeStep("交给承办单位", "分流时选了承办单位，就已经交办；没有选的按“交办”。期限不用填，按规则库自动算。", Assignment, "opinions"),
    PracticeStep("跟踪督办", "按“督办”，方式选“电话催办”，写一句要求。", Supervision, "opinions"),
    PracticeStep("登记答复", "单位答复了，按“登记答复”，写结果和答复内容。", Reply, "opinions"),
    PracticeStep("反馈结果", "回访反映人，按“反馈评价”。选不满意的会转为待重办，选满意的就办结了。", Satisfaction, "opinions"),
    PracticeStep("归档", "办结以后按“归档”，档号自动拟好。", Archiving, "opinions"),
    PracticeStep(
        "登记一次履职活动", "按 F2，写名称、日期，选一份应到名单，保存。", Activity, "meetings", "begin"
    ),
    PracticeStep(
        "报送县人大", "从上到下：核对、定稿、送签稿、数字签名。示例的文件只写在本机。", SentFile, "sending",
        "page",
    ),
)  # fmt: skip


COUNTY_STEPS = (
    PracticeStep(
        "接收报送", "“练习用U盘”里有响水乡的一份。看清核验结果和将要新增的记录，按“接收”。", Contact, "receive", "post",
    ),
    PracticeStep(
        "审核", "选中刚收到的那一份，没有要改的按“审核通过”；要改的，选出那条记录写明意见退回。", ReceptionDecision, "receive",
        "page",
    ),
    PracticeStep(
        "登记一个乡镇",
        "在“登记乡镇”里选白岩乡的登记申请（在“练习用U盘”里）。真的做时先打电话核对20位核对码；一致就按“核对一致，签发”。",
        Enrolment, "settings", "post",
    ),
    PracticeStep("写回执", "收到的、审核的意见都随回执发下去：按“写回执”，选一个文件夹。", ReceiptItem, "returns", "page"),
    PracticeStep("起草通报", "在“统计与通报”里按“起草通报”，数字自动填好，改几句话就能生成 Word。", Bulletin, "figures", "page"),
)  # fmt: skip


def practice_post(home: Path) -> Path:
    """练习用U盘: the folder of a sample county that stands for the stick the townships' files came on."""
    return home / "练习用U盘"


def practice_file(home: Path, step: PracticeStep) -> Path:
    """What a step takes in: the request of the township that is not registered yet, else everything on the stick."""
    asked = sorted(practice_post(home).glob("登记申请*.zip")) if step.kind is Enrolment else []
    return asked[0] if asked else practice_post(home)


@dataclass(frozen=True)
class Practice:
    """How far it is: which of `steps` are done, and the matter to go on with ("" for none).

    `begun`: somebody asked for it; `away`: it was put away, and is not offered again by itself.
    """

    steps: tuple[PracticeStep, ...]
    begun: bool
    away: bool
    done: tuple[bool, ...]
    matter: str

    @property
    def next_step(self) -> int:
        """The first step that is open; the number of steps when none is."""
        return self.done.index(False) if False in self.done else len(self.done)


def practice_now(desk: Desk) -> Practice:
    """Looks at what was written since the practice began."""
    with desk.store.reading() as reading:
        steps = COUNTY_STEPS if is_county(office_of(reading).office_type) else TOWNSHIP_STEPS
        kept = _kept(reading)
        since = kept.get(_SINCE)
        if not isinstance(since, Mapping):
            return Practice(steps, False, bool(kept.get(_AWAY)), (False,) * len(steps), "")
        counters = {str(stream): value for stream, value in since.items() if isinstance(value, int)}
        written: dict[str, list[str]] = {}
        for kind, uid in reading.written_after(counters):
            written.setdefault(kind, []).append(uid)
        done = tuple(_standing(reading, step.kind, written) for step in steps)
        return Practice(steps, True, bool(kept.get(_AWAY)), done, _matter(reading, written))


def begin_practice(desk: Desk) -> None:
    """From now on counts; what was practised before does not."""
    with desk.store.reading() as reading:
        counters = reading.counters()
    desk.store.set_setting(_SETTING, {_SINCE: counters, _AWAY: False})


def put_practice_away(desk: Desk, away: bool = True) -> None:
    """Not shown by itself any more, or shown again; how far it is stays."""
    with desk.store.reading() as reading:
        kept = dict(_kept(reading))
    desk.store.set_setting(_SETTING, {**kept, _AWAY: away})


def _kept(reading: Reading) -> Mapping[str, JsonValue]:
    told = reading.setting(_SETTING)
    return told if isinstance(told, Mapping) else {}


def _standing(reading: Reading, kind: type[Record], written: Mapping[str, list[str]]) -> bool:
    return bool(reading.by_uid(kind, written.get(kind.KIND, [])))


def _matter(reading: Reading, written: Mapping[str, list[str]]) -> str:
    """The matter raised last, else the one a step was made on last."""
    raised = reading.by_uid(Opinion, written.get(Opinion.KIND, []))
    if raised:
        return max(raised)
    steps = reading.by_uid(Routing, written.get(Routing.KIND, []))
    return max((uid, step.opinion) for uid, step in steps.items())[1] if steps else ""
