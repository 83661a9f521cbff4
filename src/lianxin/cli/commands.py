"""The commands on one office: each reads its arguments, makes one call, and says the outcome."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from lianxin.bootstrap import App, begin, unlock
from lianxin.cli import importing_commands
from lianxin.cli.json_files import objects_of
from lianxin.cli.kind_names import require_kind as require_kind
from lianxin.cli.saying import DONE, REFUSED, CommandProblem, Voice
from lianxin.domain.canonical import JsonValue
from lianxin.installed import PASSPHRASE_VARIABLE, given_passphrase, given_user
from lianxin.office.case_papers.promised import promise_objects
from lianxin.office.lists.listing import dictionary_lines, listed
from lianxin.office.putting import Put, put_told
from lianxin.office.safekeeping.setting_up import Beginning
from lianxin.office.sample.making import sample_passphrase
from lianxin.store.layout import KEYRING_NAME
from lianxin.store.passphrase import WrongPassphrase

Run = Callable[[App, argparse.Namespace, Voice], int]


def passphrase(*, new: bool = False) -> str:
    """The passphrase of the environment, or typed without echo; a new one is typed twice.

    Raises CommandProblem without a terminal, and when the two differ.
    """
    given = given_passphrase()
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise CommandProblem(
            f"没有给出口令：请设好环境变量 {PASSPHRASE_VARIABLE}，或在能输入的窗口里运行；数据没有改动",
            code="C202",
        )
    from getpass import getpass

    typed = getpass("开机口令：")
    if new and getpass("再输一次：") != typed:
        raise CommandProblem("两次输入的口令不一样，没有建立机构；请再运行一次", code="C202")
    return typed


def open_app(home: Path, *, who: str = "") -> App:
    """Opens the office of a data folder; a sample office by the passphrase that lies openly in it.

    `who` is the person named on the command line, else the environment names him, else the passphrase does.
    """
    if not (home / "key.json").exists():
        raise CommandProblem(
            f"{home} 里还没有机构，请先用 init 建立，或检查 --home 的位置；没有改动任何数据", code="C203"
        )
    words = sample_passphrase(home)
    if words is not None:
        with suppress(WrongPassphrase):
            return unlock(home, words)
    return unlock(home, passphrase(), who=who or given_user())


def opens_unasked(home: Path) -> bool:
    """Whether the office of a data folder can be opened without anybody typing."""
    return (home / KEYRING_NAME).exists() and bool(given_passphrase() or sample_passphrase(home))


def run_init(home: Path, told: argparse.Namespace, voice: Voice) -> int:
    """`init`: a new office with a provisional term."""
    code, wanted = str(told.code), (9 if told.role == "township" else 6)
    if not (code.isascii() and code.isdigit() and len(code) == wanted):
        raise CommandProblem(f"区划代码应是{wanted}位数字，现在是“{code}”；没有建立机构", code="C205")
    if not str(told.name).strip():
        raise CommandProblem("请写明机构名称（--name）；没有建立机构", code="C205")
    if (home / "key.json").exists():
        raise CommandProblem(f"{home} 里已经有一个机构，没有改动；请换一个数据文件夹", code="C206")
    beginning = Beginning(role=told.role, code=code, name=told.name, profile=told.profile)
    app, _ = begin(home, passphrase(new=True), beginning)
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
    if told.kind in ("promise", "promises"):
        found = promise_objects(app.desk, words=told.search)[: told.limit]
    else:
        kind = require_kind(told.kind)
        found = listed(app.desk, kind=kind, words=told.search, limit=told.limit, reveal=told.reveal)
    for each in found:
        words = (_in_words(value) for name, value in each.items() if not name.endswith(("_code", "_uid")))
        voice.tell(each, "  ".join(word for word in words if word))
    return DONE


def _in_words(value: JsonValue) -> str:
    """A value of a record as a line for people has it; of child records what comes first after the uid."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return next((str(each) for name, each in value.items() if name != "uid" and each), "")
    if isinstance(value, str | int):
        return str(value)
    return "、".join(_in_words(each) for each in value or ())


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
    from lianxin.office.safekeeping.keeping import kept_for_later
    from lianxin.store.database import DatabaseDamaged, KeyDoesNotFit
    from lianxin.store.repair import LedgerDamaged

    content_hash, later = None, ""
    try:
        app = open_app(home)
    except (DatabaseDamaged, KeyDoesNotFit, LedgerDamaged):
        problems: tuple[str, ...] = (_DAMAGED,)
    else:
        try:
            problems, content_hash = _found_wrong(app)
            later = "" if problems else kept_for_later(app.desk)
        finally:
            app.close()
    voice.tell(
        {
            "ok": not problems,
            "content_hash": content_hash,
            "problems": list(problems),
            "newer": later or None,
        },
        "发现问题：\n" + "\n".join(problems) if problems else f"数据完好，各表与流水一致。{later}",
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


_DAMAGED = "数据文件有损坏的地方，读不完整。请停止录入，运行一次 repair：用备份修复，坏了的文件另存"


def _rebuild_index(app: App, told: argparse.Namespace, voice: Voice) -> int:
    app.desk.store.project_anew()
    voice.say("检索目录已重建。")
    return DONE


COMMANDS: dict[str, Run] = {
    "list": _list,
    "put": _put,
    "attach": _attach,
    **importing_commands.COMMANDS,
    "rebuild-index": _rebuild_index,
}
