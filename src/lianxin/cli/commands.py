"""The commands on one office: each reads its arguments, makes one call, and says the outcome."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from lianxin.bootstrap import App, begin, unlock
from lianxin.cli.json_files import objects_of
from lianxin.cli.saying import DONE, REFUSED, CommandProblem, Voice
from lianxin.domain.canonical import JsonValue
from lianxin.domain.dictionary import kind_named
from lianxin.installed import PASSPHRASE_VARIABLE, given_passphrase
from lianxin.office.beside import names_beside, write_beside
from lianxin.office.listing import dictionary_lines, listed
from lianxin.office.putting import Put, put_told
from lianxin.office.setting_up import Beginning

if TYPE_CHECKING:
    from lianxin.office.importing.outcome import RowOutcome

Run = Callable[[App, argparse.Namespace, Voice], int]


def passphrase() -> str:
    """The passphrase of the environment, or typed without echo. Raises CommandProblem without a terminal."""
    given = given_passphrase()
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise CommandProblem(
            f"没有给出口令：请设好环境变量 {PASSPHRASE_VARIABLE}，或在能输入的窗口里运行；数据没有改动",
            code="C202",
        )
    from getpass import getpass

    return getpass("开机口令：")


def open_app(home: Path) -> App:
    """Opens the office of a data folder."""
    if not (home / "key.json").exists():
        raise CommandProblem(
            f"{home} 里还没有机构，请先用 init 建立，或检查 --home 的位置；没有改动任何数据", code="C203"
        )
    return unlock(home, passphrase())


def require_kind(name: str) -> str:
    """A kind the dictionary holds, or `deputies`. Raises CommandProblem."""
    if name in ("deputy", "deputies"):
        return name
    try:
        return kind_named(name).KIND
    except KeyError as unknown:
        raise CommandProblem(f"没有“{name}”这类记录，用 dictionary 查看有哪些", code="C204") from unknown


def run_init(home: Path, told: argparse.Namespace, voice: Voice) -> int:
    """`init`: a new office with a provisional term."""
    code, wanted = str(told.code), (9 if told.role == "township" else 6)
    if not (code.isascii() and code.isdigit() and len(code) == wanted):
        raise CommandProblem(f"区划代码应是{wanted}位数字，现在是“{code}”；没有建立机构", code="C205")
    if (home / "key.json").exists():
        raise CommandProblem(f"{home} 里已经有一个机构，没有改动；请换一个数据文件夹", code="C206")
    beginning = Beginning(role=told.role, code=code, name=told.name, profile=told.profile)
    app, _ = begin(home, passphrase(), beginning)
    app.close()
    voice.tell(
        {"home": str(home), "code": code, "name": str(told.name)},
        f"已建立{told.name}，数据在 {home}。暂定届次，请在设置里核对。",
    )
    return DONE


def run_dictionary(told: argparse.Namespace, voice: Voice) -> int:
    """`dictionary`: needs no data folder."""
    if told.kind:
        kind = require_kind(told.kind)
        chosen = ["person", "mandate"] if kind in ("deputy", "deputies") else [kind]
    else:
        chosen = [""]
    for kind in chosen:
        for line in dictionary_lines(kind):
            voice.tell(line, f"{line['kind']}.{line['field']}\t{line['label']}\t{line['type']}")
    return DONE


def _list(app: App, told: argparse.Namespace, voice: Voice) -> int:
    kind = require_kind(told.kind)
    for each in listed(app.desk, kind=kind, words=told.search, limit=told.limit, reveal=told.reveal):
        voice.tell(each, "  ".join(str(value) for value in each.values() if value not in (None, "")))
    return DONE


def _put(app: App, told: argparse.Namespace, voice: Voice) -> int:
    kind = require_kind(told.kind)
    status = DONE
    for each in objects_of(told.json_file):
        outcome = _put_patiently(app, kind, each)
        if outcome.outcome == "refused":
            status = REFUSED
        words = "；".join(outcome.problems.values())
        line: dict[str, JsonValue] = {
            "uid": outcome.uid,
            "number": outcome.number,
            "outcome": outcome.outcome,
        }
        if outcome.problems:
            line["problems"] = dict(outcome.problems)
        voice.tell(line, f"{_OUTCOME[outcome.outcome]} {outcome.number or outcome.uid or ''} {words}".strip())
    return status


def _put_patiently(app: App, kind: str, told: Mapping[str, JsonValue]) -> Put:
    """Stores one record; while another process saves without a pause this one asks again a few times."""
    from lianxin.store.database import DatabaseBusy

    for _ in range(_TRIES):
        try:
            return put_told(app.desk, kind=kind, told=told)
        except DatabaseBusy:
            continue
    return put_told(app.desk, kind=kind, told=told)


_TRIES = 5
_OUTCOME = {"new": "新增", "changed": "修改", "same": "没有变化", "refused": "未登记"}


def _attach(app: App, told: argparse.Namespace, voice: Voice) -> int:
    """`attach`: one line per file, in the order given."""
    from lianxin.office.attachable import PhotoChoices
    from lianxin.office.attaching import attach, owner_named

    with app.desk.store.reading() as reading:
        owner = owner_named(reading, told.uid)
    if owner is None:
        raise CommandProblem(
            f"没有标识或编号是“{told.uid}”的记录，没有添加附件，用 list 查看；数据没有改动", code="C217"
        )
    kind, uid = owner
    done = attach(
        app.desk,
        kind=kind,
        uid=uid,
        files=told.files,
        choices=PhotoChoices(shrink=not told.keep_size, forget_place=not told.keep_place),
        caption=told.caption,
        personal=not told.not_personal,
    )
    for each in done.attachments:
        voice.tell(
            {"uid": each.uid, "outcome": "new", "name": each.name, "form": each.form, "size": each.size}
        )
    for name in done.same:
        voice.tell({"uid": None, "outcome": "same", "name": name})
    for refused in done.refused:
        told_why: dict[str, JsonValue] = {"file": refused.message}
        voice.tell(
            {"uid": None, "outcome": "refused", "name": refused.name, "problems": told_why}, refused.message
        )
    voice.say(f"{done.words()}。")
    return REFUSED if done.refused else DONE


def run_check(home: Path, voice: Voice) -> int:
    """`check`: one line even about a file too damaged to be opened."""
    from lianxin.store.database import DatabaseDamaged, KeyDoesNotFit

    content_hash: str | None = None
    try:
        app = open_app(home)
    except (DatabaseDamaged, KeyDoesNotFit):
        problems: tuple[str, ...] = (_DAMAGED,)
    else:
        try:
            problems, content_hash = _found_wrong(app)
        finally:
            app.close()
    voice.tell(
        {"ok": not problems, "content_hash": content_hash, "problems": list(problems)},
        "发现问题：\n" + "\n".join(problems) if problems else "数据完好，各表与流水一致。",
    )
    return REFUSED if problems else DONE


def _found_wrong(app: App) -> tuple[tuple[str, ...], str | None]:
    """The problems and the content hash; a file that cannot be read through is a problem, not a failure."""
    from lianxin.store.check import check, file_damage
    from lianxin.store.database import DatabaseDamaged

    try:
        if damage := file_damage(app.desk.store):
            return (f"{_DAMAGED}（{damage}）",), None
        found = check(app.desk.store)
    except DatabaseDamaged:
        return (_DAMAGED,), None
    return found.problems, found.content_hash


_DAMAGED = "数据文件有损坏的地方，读不完整。请停止录入，复制一份整个数据文件夹留着，再从最近的备份恢复"


def _rebuild_index(app: App, told: argparse.Namespace, voice: Voice) -> int:
    app.desk.store.project_anew()
    voice.say("检索目录已重建。")
    return DONE


def _import(app: App, told: argparse.Namespace, voice: Voice) -> int:
    # Loaded here: reading workbooks is not part of every command's start.
    from lianxin.office.importing.ledger_import import import_ledger
    from lianxin.office.importing.outcome import label_of

    # A report-back summary is no kind of record yet; it is only looked at.
    kind = "tally" if told.kind in ("tally", "tallies") else require_kind(told.kind)
    if not told.file.is_file():
        raise CommandProblem(f"没有找到文件 {told.file}，没有改动任何数据", code="C207")
    done = import_ledger(app.desk, kind=kind, path=told.file, preview=told.preview)
    for row in done.rows:
        voice.tell(_row_line(row), _row_text(row))
    if done.refused_rows is not None and not told.preview:
        wanted = app.home / "未导入的行" / f"{told.file.stem}_未导入.xlsx"
        free = next(name for name in names_beside(wanted) if not name.exists())
        beside = write_beside(free, done.refused_rows)
        voice.say(f"未导入的行另存在 {beside}，改正后可以再导入。")
    counts: dict[str, JsonValue] = dict(done.counts)
    words = "，".join(f"{_COUNTED.get(name, name)}{number}" for name, number in done.counts.items())
    unread = [sheet.sheet for sheet in done.sheets if sheet.heading is None and sheet.skipped]
    if unread and len(unread) < len(done.sheets):
        voice.say(f"没有找到表头、没有读的表：{'、'.join(unread)}")
    told_sheets: list[JsonValue] = [*unread]
    voice.tell(
        {"import": done.batch, "counts": counts, "unread_sheets": told_sheets},
        f"{'预览（没有保存）' if told.preview else f'已导入，编号 {done.batch}'}：{words}",
    )
    if not done.rows and all(sheet.heading is None for sheet in done.sheets):
        raise CommandProblem(
            f"{told.file.name} 里没有找到{label_of(done.kind)}的表头，一行也没有导入，数据没有改动。"
            "请检查文件和种类，表头至少要有两列认得出的名称",
            code="C214",
            status=REFUSED,
        )
    return REFUSED if done.counts["refused"] else DONE


_COUNTED = {
    "visits": "来访批次", "persons": "人次", "days": "接待日", "empty_days": "无人来访", "mandates": "代表资格",
    "deputies": "述职代表", "wrong": "对不上",
    "new": "新增", "same": "相同", "changed": "修改", "refused": "未导入", "rows": "数据行", "skipped": "跳过",
}  # fmt: skip


def _row_line(row: RowOutcome) -> dict[str, JsonValue]:
    line: dict[str, JsonValue] = {
        "sheet": row.sheet,
        "row": row.row,
        "outcome": row.outcome,
        "uid": row.uids[0] if row.uids else None,
    }
    if len(row.uids) > 1:
        line["uids"] = list(row.uids)
    line["problems"] = [
        {"field": each.field, "cell": each.cell, "message": each.message} for each in row.problems
    ]
    line["readings"] = [
        {
            "field": each.field,
            "cell": each.cell,
            "typed": each.typed,
            "understood": each.understood,
            "why": each.why,
        }
        for each in row.readings
    ]
    return line


def _row_text(row: RowOutcome) -> str:
    notes = [f"{each.cell} {each.message}" for each in row.problems]
    notes += [f"{each.cell} “{each.typed}”按“{each.understood}”理解（{each.why}）" for each in row.readings]
    return f"{row.sheet} 第{row.row}行 {_OUTCOME[row.outcome]} {'；'.join(notes)}".rstrip()


def _undo_import(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.importing.ledger_import import undo_import

    changes = undo_import(app.desk, batch=told.id)
    voice.tell(
        {"import": str(told.id), "undone": len(changes)}, f"已撤销导入 {told.id}，涉及{len(changes)}条记录。"
    )
    return DONE


COMMANDS: dict[str, Run] = {
    "list": _list,
    "put": _put,
    "attach": _attach,
    "import": _import,
    "undo-import": _undo_import,
    "rebuild-index": _rebuild_index,
}
