"""Reception ledgers: one row per visit under merged reception days → visits, days without visitors, refused rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from lianxin.domain.calendar.workdays import MONDAY_TO_FRIDAY, WorkCalendar
from lianxin.domain.dates import DayReading, Unreadable, show_day
from lianxin.domain.numerals import plain
from lianxin.ledgers.addresses import split_address
from lianxin.ledgers.cells import Workbook
from lianxin.ledgers.context import Context
from lianxin.ledgers.days import resolve_days
from lianxin.ledgers.findings import Findings, RefusedRow
from lianxin.ledgers.handling import Handling, read_handling
from lianxin.ledgers.headings import Column
from lianxin.ledgers.outcomes import Outcome, Reckoning, is_open, is_unasked, read_outcome
from lianxin.ledgers.people_count import read_persons
from lianxin.ledgers.rows import LedgerRow
from lianxin.ledgers.sheets import read_rows
from lianxin.ledgers.sources import read_category, read_channel
from lianxin.ledgers.titles import read_addressed
from lianxin.ledgers.visit_columns import COLUMNS, KIND
from lianxin.ledgers.visits import EmptyDay, ReceptionLedger, VisitRow
from lianxin.ledgers.who_came import read_who

_NOBODY = re.compile(
    r"(?:今日|当日|本日|本次)?(?:无人|无群众|没有群众|无|没有人|未有群众|无选民)(?:来访|接访|到访|反映)?(?:记录|问题)?"
)
_NO_MATTER = re.compile(
    r"(?:暂|现)?(?:无|没有?|未反映|未提出)(?:任何|其他|具体)?(?:意见|建议|问题|诉求|要求|反映|事项|困难|、|和|及|及建议|意见建议)*|[/\\—-]+"
)
_HALF_DAY = re.compile("上午|下午|全天|晚上")
_REPEATED = re.compile("重复来访|再次来访|多次来访|重访")
_LONGEST_WORDS = 4000


def read_receptions(
    workbook: Workbook,
    *,
    today: date,
    overrides: Mapping[str, Mapping[int, str]] | None = None,
    more: Sequence[Column] = (),
    calendar: WorkCalendar = MONDAY_TO_FRIDAY,
) -> ReceptionLedger:
    """Understand a reception ledger; `overrides` per sheet say which column is which field, as corrected.

    `more` are columns a ledger may have beside the usual ones; their cells come back in `row.values`. Time limits
    in working days are counted by `calendar`.
    """
    reckoning = Reckoning(today, calendar)
    sheets = read_rows(
        workbook, (*COLUMNS, *more), kind=KIND, carried=("day", "place", "deputies"), overrides=overrides
    )
    visits: list[VisitRow] = []
    empty_days: list[EmptyDay] = []
    refused: list[RefusedRow] = []
    for sheet in sheets:
        days = resolve_days(
            sheet.rows, "day", today=today, context=sheet.context, typed_numbers=sheet.typed_numbers
        )
        above: Handling | None = None
        for row, day in zip(sheet.rows, days, strict=True):
            found = _understood(row, day, sheet.context, reckoning, above)
            above = None
            if isinstance(found, VisitRow):
                visits.append(found)
                above = Handling(found.handling, found.handling_words, found.unit)
            elif isinstance(found, EmptyDay):
                empty_days.append(found)
            else:
                refused.append(found)
    return ReceptionLedger(sheets, tuple(visits), tuple(empty_days), tuple(refused))


def _understood(
    row: LedgerRow,
    day: DayReading | Unreadable,
    context: Context,
    reckoning: Reckoning,
    above: Handling | None,
) -> VisitRow | EmptyDay | RefusedRow:
    findings = Findings(row)
    if isinstance(day, Unreadable):
        findings.refuse("day", str(day))
        return RefusedRow(findings.row, tuple(findings.fatal))
    if day.doubt:
        findings.read_as("day", show_day(day.day), day.doubt)
    if day.day > reckoning.today:
        findings.wrong("day", f"接待日期{show_day(day.day)}晚于今天，请核对")
    place = findings.words("place") or context.station or None
    if place and context.station_named and not findings.words("place"):
        findings.read_as("place", place, "没有写接待地点，按标题或表名里的站点理解")
    deputies = read_addressed(findings)
    if _nobody_came(findings):
        return EmptyDay(findings.row, day.day, place, deputies)
    if not findings.text("words"):
        findings.refuse("words", "反映内容是空的，请填写")
        return RefusedRow(findings.row, tuple(findings.fatal))
    return _visit(findings, day.day, place, deputies, reckoning, above, context.title)


def _nobody_came(findings: Findings) -> bool:
    who, words = plain(findings.text("visitors")), plain(findings.text("words"))
    carried = "day" in findings.row.merged
    if not carried and not any(
        findings.text(field) for field in ("visitors", "words", "address", "phone", "persons", "handling")
    ):
        findings.wrong("words", "只有接待日期，没有来访人和内容，按无人来访登记")
        return True
    if words and not _NOBODY.fullmatch(words):
        return False
    return bool(_NOBODY.fullmatch(who) or (words and not who))


def _visit(
    findings: Findings,
    day: date,
    place: str | None,
    deputies: tuple[str, ...],
    reckoning: Reckoning,
    above: Handling | None,
    title: str,
) -> VisitRow:
    who = read_who(findings)
    address = findings.words("address") or who.address
    village, group = split_address(address) if address else (None, None)
    persons, households = read_persons(findings, max(len(who.names), 1), who.persons, who.why)
    handling = read_handling(findings, above)
    outcome = read_outcome(findings, day, reckoning)
    half = _HALF_DAY.search(findings.text("day"))
    phones = _phones(findings, len(who.names)) or who.phones
    channel, category = read_channel(findings, title), read_category(findings)
    sex, words, remark = findings.sex() or who.sex, _words(findings), findings.words("remark")
    return VisitRow(
        row=findings.row,
        day=day,
        half_day=half.group() if half else None,
        channel=channel,
        category=category,
        place=place,
        deputies=deputies,
        visitors=who.names,
        anonymous=who.anonymous,
        sex=sex,
        address=address,
        village=village,
        group=group,
        phones=phones,
        persons=persons,
        households=households,
        words=words,
        raises_matter=not _NO_MATTER.fullmatch(plain(words)),
        request=findings.words("request"),
        handling=handling.route,
        handling_words=handling.words,
        unit=handling.unit,
        outcome=outcome,
        repeated=bool(remark and _REPEATED.search(remark)),
        remark="\n".join(part for part in (remark, *_beside(findings, outcome, channel, category)) if part)
        or None,
    )


def _phones(findings: Findings, visitors: int) -> tuple[str, ...]:
    """The numbers of the row; as many as visitors are theirs in order, of more only the first is asked for."""
    phones = findings.phones()
    if len(phones) > 1:
        why = (
            "几个号码按来访人的次序登记" if len(phones) == visitors else f"有几个号码，先记第一个{phones[0]}"
        )
        findings.read_as("phone", "、".join(phones if len(phones) == visitors else phones[:1]), why)
    return phones


def _beside(
    findings: Findings, outcome: Outcome, channel: str | None, category: str | None
) -> tuple[str, ...]:
    """What the row says that no field takes: kept with the remark, so that no word of the ledger is lost."""
    kept: list[str] = []
    if text := findings.words("old_number"):
        kept.append(f"原编号：{text}")
    if (text := findings.words("channel")) and channel is None:
        kept.append(f"来源：{text}")
    if (text := findings.words("category")) and category is None:
        kept.append(f"类别：{text}")
    if outcome.words and not (outcome.closed or outcome.result or outcome.answered):
        kept.append(f"办理情况：{outcome.words}")
    if outcome.feedback and outcome.satisfaction is None:
        kept.append(f"反馈：{outcome.feedback}")
    judged = findings.words("satisfaction")
    if judged and outcome.satisfaction is None and not (is_unasked(judged) or is_open(judged)):
        kept.append(f"满意度：{judged}")
    if (text := findings.words("closed")) and outcome.closed is None and not is_open(text):
        kept.append(f"办结时间：{text}")
    return tuple(kept)


def _words(findings: Findings) -> str:
    words = findings.text("words")
    if len(words) > _LONGEST_WORDS:
        findings.wrong("words", f"反映内容有{len(words)}字，超过{_LONGEST_WORDS}字，已全部保留，请精简")
    return words
