"""import and undo-import: every row with what became of it, progress for people, Ctrl+C takes all back."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from lianxin.bootstrap import App
from lianxin.cli.behalf_commands import import_on_behalf, undo_on_behalf_or_not
from lianxin.cli.import_lines import row_line, row_text
from lianxin.cli.kind_names import require_kind
from lianxin.cli.saying import DONE, REFUSED, CommandProblem, Voice
from lianxin.domain.canonical import JsonValue
from lianxin.office.beside import names_beside, write_beside
from lianxin.office.putting import KEPT_BY_THE_PROGRAM
from lianxin.office.safekeeping.backups import back_up_before

if TYPE_CHECKING:
    from lianxin.ledgers.rows import SheetReading
    from lianxin.office.importing.ledger_import import Imported


def _import(app: App, told: argparse.Namespace, voice: Voice) -> int:
    # Loaded here: reading workbooks is not part of every command's start.
    from lianxin.office.importing.ledger_import import import_ledger
    from lianxin.office.importing.outcome import ImportStopped

    if told.behalf:
        _require_file(told)
        return import_on_behalf(app, told, voice)
    # A report-back summary is called by the older name of its ledger as well.
    kind = "tally" if told.kind in ("tally", "tallies") else require_kind(told.kind)
    if kind in KEPT_BY_THE_PROGRAM:
        raise CommandProblem(f"{kind} 由程序在办理时登记，不能导入；没有改动任何数据", code="C204")
    _require_file(told)
    if not told.preview:
        back_up_before(app.desk, "导入")
    with _stopped_by_hand() as stopped, _progress_line() as progress:
        try:
            done = import_ledger(
                app.desk, kind=kind, path=told.file, preview=told.preview, progress=progress, cancel=stopped
            )
        except ImportStopped:
            raise CommandProblem(ImportStopped.message.rstrip("。"), code="C217", status=REFUSED) from None
    for row in done.rows:
        voice.tell(row_line(row), row_text(row))
    if done.refused_rows is not None and not told.preview:
        wanted = app.home / "未导入的行" / f"{told.file.stem}_未导入.xlsx"
        free = next(name for name in names_beside(wanted) if not name.exists())
        beside = write_beside(free, done.refused_rows)
        voice.say(f"未导入的行另存在 {beside}，改正后可以再导入。")
    return _said(done, voice, preview=told.preview)


def _require_file(told: argparse.Namespace) -> None:
    if not told.file.is_file():
        raise CommandProblem(f"没有找到文件 {told.file}，没有改动任何数据", code="C207")


def _said(done: Imported, voice: Voice, *, preview: bool) -> int:
    """The last line, with the sheets that were not read; the exit status."""
    from lianxin.office.importing.outcome import label_of

    unread = [sheet for sheet in done.sheets if sheet.heading is None and sheet.seen]
    headed = any(sheet.heading for sheet in done.sheets)
    if headed:
        for sheet in unread:
            voice.say(_unread_text(sheet))
    for warning in done.warnings:
        voice.say(f"请核对：{warning}")
    words = "，".join(f"{_COUNTED.get(name, name)}{number}" for name, number in done.counts.items())
    lead = "预览（没有保存）" if preview else f"已导入，编号 {done.batch}" if done.batch else "没有导入任何行"
    if done.resumed:
        lead += "（接着上次没有做完的）"
    line: dict[str, JsonValue] = {"import": done.batch, "counts": dict(done.counts)}
    line["unread_sheets"] = [sheet.sheet for sheet in unread]
    line["unread"] = [_unread_line(sheet) for sheet in unread]
    line["warnings"] = list(done.warnings)
    voice.tell(line, f"{lead}：{words}")
    if not headed:
        seen = "；".join(f"{sheet.sheet}：{'／'.join(sheet.seen)}" for sheet in unread)[:300]
        expected = "、".join(dict.fromkeys(label for sheet in unread for label in sheet.expected))
        raise CommandProblem(
            f"{done.file_name} 里没有找到{label_of(done.kind)}的表头，一行也没有导入，数据没有改动。"
            f"表头至少要有两列认得出的名称（如{expected or '日期、姓名'}），看到的是“{seen or '空表'}”",
            code="C214",
            status=REFUSED,
        )
    return REFUSED if done.counts["refused"] or any(sheet.unread for sheet in unread) else DONE


def _unread_line(sheet: SheetReading) -> JsonValue:
    return {
        "sheet": sheet.sheet,
        "rows": sheet.unread,
        "expected": list(sheet.expected),
        "seen": list(sheet.seen),
    }


def _unread_text(sheet: SheetReading) -> str:
    return (
        f"“{sheet.sheet}”表没有找到表头，没有读（像数据的有{sheet.unread}行）。"
        f"要有{'、'.join(sheet.expected)}这样的列名，看到的是：{'／'.join(sheet.seen)}"
    )


@contextmanager
def _stopped_by_hand() -> Iterator[Callable[[], bool]]:
    """Ctrl+C asks the import to stop after the row it is at, so that it can take back what it stored."""
    asked: list[int] = []

    def ask(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: bool(asked)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _progress_line() -> Iterator[Callable[[int, int, str], None]]:
    """A line on the terminal that counts the rows; nothing where nobody looks."""
    watched = sys.stderr.isatty()

    def tell(done: int, total: int, words: str) -> None:
        if watched:
            sys.stderr.write(f"\r{words or '正在导入'} {done}/{total} 行 " if total else f"\r{words} ")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        if watched:
            sys.stderr.write("\r\033[K")


_COUNTED = {
    "visits": "来访批次", "persons": "人次", "days": "接待日", "empty_days": "无人来访", "mandates": "代表资格",
    "deputies": "述职代表", "wrong": "对不上", "groups": "小组", "members": "小组成员",
    "new": "新增", "same": "相同", "changed": "修改", "refused": "未导入", "rows": "数据行", "skipped": "跳过",
}  # fmt: skip


def _undo_import(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.importing.ledger_import import undo_import

    if undo_on_behalf_or_not(app, told, voice):
        return DONE
    with _progress_line() as progress:
        changes = undo_import(app.desk, batch=told.id, progress=progress)
    voice.tell(
        {"import": str(told.id), "undone": len(changes)}, f"已撤销导入 {told.id}，涉及{len(changes)}条记录。"
    )
    return DONE


COMMANDS = {"import": _import, "undo-import": _undo_import}
