"""Reminders without a day: contacts to be completed, the return of last month, term, recovery sheet, backup."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from lianxin.domain.periods import Period
from lianxin.domain.records import Contact, HandedDown, HandedTo, SentFile, Term
from lianxin.office.county_asks import county_asks
from lianxin.office.handed.county_holidays import offered_here
from lianxin.office.handed.rule_files import offered_in
from lianxin.office.safekeeping.after_handover import key_waits
from lianxin.office.safekeeping.backups import second_overdue
from lianxin.office.safekeeping.keeping import sheet_kept
from lianxin.office.to_do.row import ToDo, View
from lianxin.store.reading import Condition

_HOLIDAYS_AHEAD = 60
"""From November on: the notice of the next year comes out at the end of October or in November."""


def unfinished_contacts(view: View) -> Iterator[ToDo]:
    """来访走访 that were begun at the door and wait for the rest."""
    if view.unfinished:
        yield ToDo(f"来访走访有{view.unfinished}条待补全", "补全登记", "待补全", "soon", page="contacts")


def unsent_return(view: View) -> Iterator[ToDo]:
    """The statistical month that ended last, while nothing of it was sent."""
    before = Period.containing(view.today, cutoff=view.desk.profile.cutoff_day.value).before
    has_facts = any(day in before for day in view.persons)
    if has_facts and not view.reading.count(SentFile, Condition("period", "=", before.code)):
        yield ToDo(f"{before.label}报送县人大", "核对并定稿", "未报送", "soon", page="sending")


def offered_rules(view: View) -> Iterator[ToDo]:
    """Rules the county handed out that are not switched on here."""
    offered = offered_in(view.reading, view.desk.profile)
    if offered is not None:
        yield ToDo(
            f"县人大下发了新的规则库“{offered.profile.name}”",
            "看有哪些不同",
            "待启用",
            "soon",
            page="settings",
        )


def handed_down_things(view: View) -> Iterator[ToDo]:
    """Things the county handed down that wait to be taken into use."""
    if not (view.reading.holds_any(HandedDown) or view.reading.holds_any(HandedTo)):
        return
    # What may be in a thing handed down is much to load, and most offices have got nothing yet.
    from lianxin.office.handed.handed_down import offered_count

    waiting = offered_count(view.desk, view.reading)
    if waiting:
        yield ToDo(
            f"县人大下发了{waiting}份资料", "到设置“县人大下发”里采用", "待采用", "soon", page="settings"
        )


def offered_years(view: View) -> Iterator[ToDo]:
    """Holidays the county handed out that are not taken in here."""
    for year in offered_here(view.reading, view.desk):
        yield ToDo(f"县人大下发了{year.year}年的放假安排", "到设置里采用", "待采用", "soon", page="settings")


def missing_holidays(view: View) -> Iterator[ToDo]:
    """Working days are counted into a year whose holidays nobody told this office yet."""
    ahead = view.today.replace(day=1) + timedelta(days=_HOLIDAYS_AHEAD)
    for year in view.desk.profile.calendar.unknown(view.today, ahead):
        yield ToDo(
            f"{year}年的放假安排还没有，暂按法定节日计算",
            "粘贴国务院通知或选文件",
            "待补",
            "soon",
            page="settings",
        )


def asked_by_county(view: View) -> Iterator[ToDo]:
    """Records the county returned, and what two computers wrote differently."""
    asks = county_asks(view.reading)
    if asks.to_do:
        yield ToDo(f"县人大{asks.words}", "去看", "待修改", "soon", page="county-asks")


def provisional_term(view: View) -> Iterator[ToDo]:
    """The term that set-up made by itself."""
    if view.reading.count(Term, Condition("provisional", "=", True)):
        yield ToDo("届次是暂定的", "到设置里核对", "待核对", "soon", page="settings")


def recovery_sheet(view: View) -> Iterator[ToDo]:
    """The sheet that opens the ledger when the passphrase is forgotten."""
    if not sheet_kept(view.reading):
        yield ToDo("恢复单还没有确认打印封存", "打印恢复单", "待封存", "soon", page="settings")


def key_after_handover(view: View) -> Iterator[ToDo]:
    """The signing key of before the handover, which whoever left may have in an older backup."""
    if key_waits(view.reading):
        yield ToDo("交接以后还没有换签名密钥", "换新密钥，申请新证书", "待办理", "soon", page="settings")


def backup_due(view: View) -> Iterator[ToDo]:
    """A backup in the second place, once there is something to lose; those on this computer are made by themselves."""
    if view.reading.holds_any(Contact) and (words := second_overdue(view.reading, view.desk.store.now())):
        yield ToDo(words, "插上U盘，备份一份", "待备份", "soon", page="settings")
