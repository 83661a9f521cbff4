"""How a matter ended, in the words of a ledger: 已办结, 正在协调, 无法解决, 基本满意, 回访满意, √."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from lianxin.domain.calendar.workdays import WorkCalendar
from lianxin.domain.codes import RESULT, SATISFACTION
from lianxin.domain.dates import Unreadable, show_day
from lianxin.domain.numerals import arabic, plain
from lianxin.domain.rules import add_months, add_workdays
from lianxin.ledgers.days import read_cell_day
from lianxin.ledgers.findings import Findings
from lianxin.ledgers.vague_days import read_vague_day

_NOT_CLOSED = re.compile(
    r"(?:正在|还在|仍在|尚在)?(?:办理|处理|协调|跟踪|推进)中?|未(?:办结|完成|解决|办理|处理)?|在办|待办|待(?:处理|办理|落实|定)"
    r"|继续办理|长期|跟进中?|限时办理|—+|-+|/|无|否|×|x",
    re.IGNORECASE,
)
_RESULTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:无法|不能|难以|没法|未能|不予|没有?条件|条件(?:不|限|有限)|不具备|不符合|无政策|没有政策|资金困难"
                r"|暂(?:时)?(?:不|无|难|未|缓)).*"), "C"),
    (re.compile(r"(?:.*留作|.*供)参考.*|存档备查|D类?"), "D"),
    (re.compile(r".*(?:列入|纳入|计划|规划|逐步|分期|分批|部分(?:解决|办结|完成)|申报|争取|上报|已报|立项|报批|待.{0,6}(?:资金|批复|审批|项目)"
                r"|正在(?:解决|协调|调解|施工|维修|修|建|整改|落实|推进|申请|核实|调查)|施工中|推进中|协调中|整改中|调解中|B类?$).*"), "B"),
    (re.compile(r"(?!.*(?:未|没有?|不能|无法|尚)(?:办结|解决|处理|完成|落实)).*(?:办结|办毕|办妥|办好|已办|解决|(?:已|全部|处理)(?:经)?.{0,4}(?:处理|完成)"
                r"|处理(?:完毕|好|到位|完)|(?:已|均|都|全部).{0,6}(?:落实|修复|修好|修通|疏通|更换|安装|清理|清运|发放|到账|兑现|整改|恢复"
                r"|化解|调解|维修|硬化|接通|开通|通水|通电|纠正|退还|结清|整治|拆除)|完成$|修好了?|调解(?:成功|好)|整改到位|落实到位|办理完).*|A类?|√|✓|✔|是"), "A"),
)  # fmt: skip
_NOT_ASKED = re.compile(r"(?:未|待|尚未|没有?)(?:回访|反馈|评价|测评|征询)")
_ANSWERED = re.compile(r".*(?:答复|解释|解答|告知|说明|回复|宣传|疏导|劝导|沟通).*")
_DEGREES = re.compile(
    r"(?:群众|选民|村民|本人|来访人|反映人|对方)?(?:表示|感到)?(?:(?P<near>较|比较|较为|还算|一般|基本|还)|(?P<no>不太|不够|不很|很不|非常不|极不|不|未)"
    r"|非常|很|十分|特别|表示|完全|都|均)?满意|(?P<plain>一般|尚可|还行|可以|理解|表示理解|基本认可)"
    r"|(?P<yes>是|好|很好|认可|表示认可|表示感谢|感谢|接受|100%)|(?P<not>否|不认可|不接受|差|有意见)"
)
_TICKED = re.compile(r"(不满意|基本满意|满意|不了解)[(\[]?[√☑✓✔■●]|[√☑✓✔■●][)\]]?(不满意|基本满意|满意)")
_SAID = re.compile(r"(不太满意|不满意|未满意|基本满意|比较满意|较满意|满意)")


@dataclass(frozen=True)
class Outcome:
    """What became of a matter: the days, the class of its result, what was said of it. Codes of domain/codes."""

    assigned: date | None
    due: date | None
    closed: date | None
    result: str | None  # code of RESULT
    words: str | None
    answered: bool  # somebody was told something: there is a reply even without a day or a class
    satisfaction: str | None  # code of SATISFACTION
    feedback: str | None


@dataclass(frozen=True)
class Reckoning:
    """What days are counted by: today, and the office's calendar of working days."""

    today: date
    calendar: WorkCalendar


def read_outcome(findings: Findings, day: date, reckoning: Reckoning) -> Outcome:
    """Understand the columns of a visit that tell how its matter went on.

    A ledger with a column of 办理进度 beside its 办理结果 says there whether the matter is over.
    """
    closed = _later_day(findings, "closed", day, reckoning.today)
    assigned = _later_day(findings, "assigned", day, reckoning.today)
    due = _due(findings, assigned or day, day, reckoning.calendar)
    field = next((each for each in ("result", "progress") if findings.words(each)), "handling")
    words, progress = findings.words("result") or findings.words("progress"), findings.words("progress")
    result = _result(findings, field, closed is not None)
    if closed is not None and closed > reckoning.today:
        # Nobody was answered on a day to come: every word of it is kept beside the matter, to be looked at.
        return Outcome(assigned, due, None, None, words, False, None, findings.words("feedback"))
    answered = bool(words and result is None and not is_open(words) and _ANSWERED.fullmatch(plain(words)))
    if progress and closed is None and is_open(progress):
        # 正在解决 is what is meant to come of it, as long as the same row says 办理中.
        result, answered = None, False
    elif progress and progress != words:
        answered = answered or bool(_ANSWERED.fullmatch(plain(progress)) or tells_result(progress))
    feedback = findings.words("feedback")
    return Outcome(assigned, due, closed, result, words, answered, _satisfaction(findings), feedback)


def is_open(words: str) -> bool:
    """Whether a cell says that a matter is still being dealt with: 办理中, 未办结, —."""
    return bool(_NOT_CLOSED.fullmatch(plain(words).strip("。.，,")))


def is_unasked(words: str) -> bool:
    """Whether a cell says that nobody was asked yet what they think of it: 未回访, 待反馈."""
    return bool(_NOT_ASKED.fullmatch(plain(words)))


def tells_result(words: str) -> str | None:
    """The class of an answer in a cell of words (已修好 → A); None where it tells none. Codes of RESULT."""
    core = plain(words).strip("。.，,；;")
    known = RESULT.find(words) or RESULT.find(core)
    if known:
        return known.code
    if is_open(words):
        return None
    return next((code for shape, code in _RESULTS if shape.fullmatch(core)), None)


def _result(findings: Findings, field: str, closed: bool) -> str | None:
    """The class of a result; a column of 处理情况 may tell it in a ledger that has no other."""
    text = findings.words(field)
    if text is None:
        return None
    if field == "handling":
        told = [clause for clause in re.split("[，,。；;]", text) if not re.match("转|交|报", clause.strip())]
        code = next((code for clause in told if (code := tells_result(clause))), None)
    else:
        code = tells_result(text)
    if code is not None and RESULT.find(text) is None:
        findings.read_as(field, RESULT.label_of(code), f"“{text}”按{RESULT.label_of(code)}理解")
    elif code is None and field == "result" and is_open(text) and not closed:
        findings.read_as(field, "办理中", f"“{text}”按还没有答复理解，原话记在备注里")
    return code


def _later_day(findings: Findings, field: str, day: date, today: date | None) -> date | None:
    """A day that follows the visit: without a year it is the first such day on or after the visit."""
    text = findings.text(field)
    if not text or is_open(text):
        return None
    try:
        reading = read_cell_day(
            findings.cell(field), today=today or day, year=day.year, month=day.month, not_before=day
        )
    except Unreadable as unreadable:
        findings.wrong(field, str(unreadable))
        return None
    if reading.doubt:
        findings.read_as(field, show_day(reading.day), reading.doubt)
    if reading.day < day:
        findings.wrong(field, f"{show_day(reading.day)}早于接待日期{show_day(day)}，请核对")
    if today and reading.day > today:
        findings.wrong(field, f"{show_day(reading.day)}晚于今天，请核对")
    return reading.day


def _due(findings: Findings, since: date, day: date, calendar: WorkCalendar) -> date | None:
    """A time limit: a day, so many days or working days, or the last day of 1月底前."""
    core = arabic(plain(findings.text("due")))
    due: date | None = None
    doubt = ""
    if match := re.fullmatch(r"(\d{1,3})个?(工作日|天|日|个月)(?:内|以内|之内)?(?:办结|办理|答复)?", core):
        count = int(match[1])
        due = (
            add_workdays(since, count, calendar.is_workday) if match[2] == "工作日"
            else add_months(since, count) if match[2] == "个月" else since + timedelta(days=count)
        )  # fmt: skip
        doubt = calendar.warning(since, due) if match[2] == "工作日" else ""
    elif (before := re.sub(r"(?:之|以)?前$", "", core)) and (
        vague := read_vague_day(before, year=day.year, month=None)
    ):
        due = vague.last
        if due < day and not vague.says_year:
            later = read_vague_day(before, year=day.year + 1, month=None)
            due = later.last if later else due
    if due is None:
        return _later_day(findings, "due", day, None)
    told = f"“{findings.text('due')}”按{show_day(due)}理解"
    findings.read_as("due", show_day(due), f"{told}（{doubt}）" if doubt else told)
    return due


def _satisfaction(findings: Findings) -> str | None:
    text = findings.words("satisfaction")
    if text is None:
        said = (_said_in(findings, field) for field in ("feedback", "result", "progress"))
        return next((code for code in said if code), None)
    if is_unasked(text):
        return None
    exact = SATISFACTION.find(text)
    code = exact.code if exact else _degree(plain(text))
    if code is None:
        findings.code("satisfaction", SATISFACTION)
        return None
    label = SATISFACTION.label_of(code)
    if label != text:
        findings.read_as("satisfaction", label, f"“{text}”按{label}理解")
    return code


def _degree(core: str) -> str | None:
    if ticked := _TICKED.findall(core):
        said = {one or other for one, other in ticked}
        return _code(said.pop()) if len(said) == 1 else None
    degree = _DEGREES.fullmatch(core.strip("。.!！"))
    if degree is None:
        return None
    if degree["no"] or degree["not"]:
        return _code("不满意")
    return _code("基本满意" if degree["near"] or degree["plain"] else "满意")


def _code(label: str) -> str | None:
    found = SATISFACTION.find(label)
    return found.code if found else None


def _said_in(findings: Findings, field: str) -> str | None:
    """What a column of 反馈 or 办理结果 says of it in passing: 已电话回访，群众满意."""
    said = set(_SAID.findall(plain(findings.text(field))))
    if len(said) != 1:
        return None
    code = _degree(said.pop())
    if code:
        findings.read_as(field, SATISFACTION.label_of(code), f"按群众{SATISFACTION.label_of(code)}理解")
    return code
