"""交接清单: what one clerk hands to the next, read from the ledger, for the screen and the three-party sheet (9.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.casework.state import CaseState
from lianxin.domain.dates import show_day
from lianxin.domain.dictionary import kinds
from lianxin.domain.periods import Period
from lianxin.domain.records import Contact, HandlingUnit, Opinion, SentFile, User
from lianxin.domain.roles import label_of
from lianxin.office.access.users import name_of, users
from lianxin.office.cases.case import Case, cases_of, state_in
from lianxin.office.desk import Desk, office_of
from lianxin.office.numbers import short_number
from lianxin.office.paperwork.paper import Asked, Paper
from lianxin.office.paperwork.templates import in_own_look
from lianxin.office.safekeeping.backups import last_backup, last_second_backup
from lianxin.office.safekeeping.keeping import sheet_kept
from lianxin.office.sending.sent_files import sent_before
from lianxin.office.trust.county_link import CountyLink, county_link
from lianxin.store.reading import Condition, Reading

TITLE = "经办人交接清单"
_MONTHS_BACK, _SENT_SHOWN, _SECRETS_SHOWN = 12, 12, 10
_SECRETS = (
    "更换口令",
    "重设口令",
    "更换恢复单",
    "交接",
    "登记申请",
    "登记答复",
    "根证书已核对",
    "导出根密钥",
)


@dataclass(frozen=True)
class Part:
    """One part of the list: its heading, how many, the columns with their share of the width, the lines."""

    heading: str
    note: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]
    nothing: str


@dataclass(frozen=True)
class HandoverList:
    """The whole list as of a day; a name that is not known is empty and is filled in by hand."""

    office: str
    day: date
    giving: str
    taking: str
    parts: tuple[Part, ...]


def handover_list(desk: Desk) -> HandoverList:
    """Reads everything that is handed over, as of today."""
    link = county_link(desk)
    with desk.store.reading() as reading:
        sent = sent_before(reading)
        giving, taking = _who(desk, reading)
        parts = (
            _matters(desk, reading),
            _unsent(desk, reading, sent),
            _drafts(reading),
            _people(reading),
            Part(
                "五、口令、密钥与备份",
                "",
                (("项目", 2), ("现在的情况", 5)),
                (
                    ("县人大登记（数字签名）", _link_words(link)),
                    ("恢复单（主席封存的信封）", _sheet_words(reading)),
                    *_backup_rows(reading),
                    *_secret_rows(reading),
                ),
                "",
            ),
            _sent(sent),
        )
        return HandoverList(office_of(reading).name, desk.today(), giving, taking, parts)


def _who(desk: Desk, reading: Reading) -> tuple[str, str]:
    """Who gives and who takes: of a handover made today, else who sits here and a line to write on."""
    gone = [each for each in users(reading) if each.ended == desk.today()]
    if gone and gone[-1].actor != desk.acting.code:
        return gone[-1].name, name_of(reading, desk.acting.code)
    return name_of(reading, desk.acting.code), ""


def _matters(desk: Desk, reading: Reading) -> Part:
    open_ones = [
        (case, state)
        for case in cases_of(reading, reading.all(Opinion))
        if (state := state_in(desk, case, desk.today())).next_act
    ]
    open_ones.sort(key=lambda pair: (pair[1].due or date.max, pair[0].opinion.uid))
    late = sum(1 for _, state in open_ones if _is_late(state))
    units = {each.uid: each.name for each in reading.all(HandlingUnit)}
    return Part(
        "一、没有办结的事项",
        f"{len(open_ones)}件，其中超期{late}件",
        (("编号", 1.6), ("事项", 3.0), ("承办单位", 1.6), ("下一步", 1.6), ("期限", 1.6)),
        tuple(_matter_row(case, state, units.get(state.unit, "")) for case, state in open_ones),
        "没有未办结的事项。",
    )


def _matter_row(case: Case, state: CaseState, unit: str) -> tuple[str, ...]:
    due = show_day(state.due) if state.due else "—"
    late = "（已超期）" if _is_late(state) else ""
    number = short_number(case.opinion.number or "")
    return number, case.opinion.title, unit or "—", state.next_act, f"{due}{late}"


def _is_late(state: CaseState) -> bool:
    return state.days_left is not None and state.days_left < 0


def _unsent(desk: Desk, reading: Reading, sent: Sequence[SentFile]) -> Part:
    """Months of the last year with visits and without a report."""
    reported = {each.period for each in sent}
    month = Period.containing(desk.today(), cutoff=desk.profile.cutoff_day.value)
    rows = []
    for _ in range(_MONTHS_BACK):
        last = month.end.isoformat()
        span = (Condition("date", ">=", month.start.isoformat()), Condition("date", "<=", last))
        held = reading.count(Contact, *span)
        if held and month.code not in reported:
            rows.append((month.label, f"{held}件", "未报送县人大"))
        month = month.before
    return Part(
        "二、还没有报送县人大的月份",
        f"{len(rows)}个月" if rows else "",
        (("月份", 2), ("来访走访", 1), ("情况", 2)),
        tuple(rows),
        "近一年有登记的月份都已报送。",
    )


def _drafts(reading: Reading) -> Part:
    labels = {cls.KIND: cls.LABEL for cls in kinds()}
    found = Counter(labels.get(each.kind, "其他") for each in reading.drafts())
    return Part(
        "三、没有填完的草稿",
        f"{sum(found.values())}份" if found else "",
        (("类别", 3), ("份数", 1)),
        tuple((label, f"{count}份") for label, count in sorted(found.items())),
        "没有草稿。",
    )


def _people(reading: Reading) -> Part:
    known = users(reading)
    return Part(
        "四、使用人",
        f"{sum(1 for each in known if each.ended is None)}人在用" if known else "",
        (("姓名", 2), ("代号", 1), ("角色", 1), ("启用", 2), ("停用", 2)),
        tuple(_person_row(each) for each in known),
        "只有一个人使用，没有另设使用人。",
    )


def _person_row(user: User) -> tuple[str, ...]:
    ended = show_day(user.ended) if user.ended else "在用"
    return user.name, user.actor, label_of(user.role), show_day(user.since), ended


def _link_words(link: CountyLink | None) -> str:
    if link is None:
        return "还没有在县人大登记，报送的是普通报送件"
    state = "已作废，要重新登记" if link.revoked else "已过期，要换发" if link.over else "在用"
    return f"{link.county_name}，证书{show_day(link.until)}到期，{state}；换人后建议另发新证书"


def _sheet_words(reading: Reading) -> str:
    day = sheet_kept(reading)
    if not day:
        return "还没有确认封存，接手后请另做一张交主席封存"
    return f"{show_day(date.fromisoformat(day))}封存；交接以后请另做一张，旧的作废"


def _backup_rows(reading: Reading) -> Iterator[tuple[str, str]]:
    last, second = last_backup(reading), last_second_backup(reading)
    yield "最近一次备份", f"{show_day(last.at.date())}，{last.path}" if last else "还没有备份"
    yield "U盘或另一块盘上的备份", f"{show_day(second.at.date())}，{second.path}" if second else "还没有"


def _secret_rows(reading: Reading) -> Iterator[tuple[str, str]]:
    """Passphrases and keys changed, from the log of this computer: an older backup opens by what was valid then."""
    for at, what, _ in reading.logged(_SECRETS, limit=_SECRETS_SHOWN):
        yield what, show_day(date.fromisoformat(at[:10]))


def _sent(sent: Sequence[SentFile]) -> Part:
    shown = sent[-_SENT_SHOWN:]
    return Part(
        "六、最近的报送件",
        f"最近{len(shown)}期" if shown else "",
        (("期号", 0.8), ("报送期", 1.4), ("日期", 1.6), ("核对码", 2.2), ("状态", 1.2)),
        tuple(
            (f"第{e.seq}期", Period.parse(e.period).label, show_day(e.day), e.check_code, e.shown("state"))
            for e in reversed(shown)
        ),
        "还没有报送过。",
    )


def _paper(asked: Asked) -> bytes:
    from lianxin.documents.word.blocks import BlockPaper, Grid, GridColumn, Heading, NewPage, Text, Title
    from lianxin.documents.word.blocks_docx import blocks_docx

    told = handover_list(asked.desk)
    blocks: list[Title | Heading | Text | Grid | NewPage] = [
        Title(TITLE, f"{told.office}　{show_day(told.day)}")
    ]
    for part in told.parts:
        blocks.append(Heading(part.heading, part.note))
        if part.rows:
            columns = tuple(GridColumn(label, share) for label, share in part.columns)
            blocks.append(Grid(columns, part.rows))
        else:
            blocks.append(Text(part.nothing))
    signing = tuple(GridColumn(label, 1, "center") for label in ("移交人", "接收人", "监交人（主席）"))
    # Room of more than 12 mm to sign in (domain.md 9.6).
    room = tuple(f"{name}\n\n\n年　　月　　日" for name in (told.giving, told.taking, ""))
    blocks += [Text(_POINTED), Grid(signing, (room,)), Text(_COPIES, small=True)]
    return blocks_docx(BlockPaper(tuple(blocks), TITLE, told.office))


_POINTED = (
    "以上各项已当面点交，台账数据、纸质材料、备份U盘和恢复单信封一并移交；"
    "开机口令由接收人另设，移交人的口令同时停用。"
)
_COPIES = "本清单一式三份，移交人、接收人各执一份，一份存档。原经办人不在场的，由主席在移交人处注明。"


HANDOVER_PAPERS: Sequence[Paper] = (
    Paper("handover-list", TITLE, ".docx", "period or all", in_own_look("handover-list", _paper)),
)
"""As of today, whatever the period."""
