"""The commands of receiving: receive, receipts, accept, undo-receive, rebuild, conflicts, resolve."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lianxin.bootstrap import App
from lianxin.cli.commands import Run
from lianxin.cli.saying import DONE, REFUSED, CommandProblem, Voice

if TYPE_CHECKING:
    from lianxin.office.receiving.verdict import FileVerdict


def _receive(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.accepting import after_receipts
    from lianxin.office.receiving.receive import receive

    _require_there(told)
    verdicts = receive(app.desk, told.files, preview=told.preview)
    status = _tell(verdicts, voice, records=told.preview)
    if not told.preview:
        _tell_offered(after_receipts(app.desk, verdicts).offered, voice)
    return status


def _accept(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.accepting import accept

    _require_there(told)
    done = accept(app.desk, told.files)
    status = _tell(done.verdicts, voice)
    for item in done.items:
        voice.say(f"第{item.seq}期（{item.period}）：{item.shown('verdict')}。{item.words}")
    _tell_offered(done.offered, voice)
    return status


def _require_there(told: argparse.Namespace) -> None:
    for path in told.files:
        if not path.exists():
            raise CommandProblem(f"没有找到 {path}，没有接收，没有改动任何数据", code="C207")


def _tell(verdicts: Iterable[FileVerdict], voice: Voice, *, records: bool = False) -> int:
    from lianxin.bundle.verdicts import verdict_words
    from lianxin.domain.canonical import JsonValue

    status = DONE
    for each in verdicts:
        outcome = each.outcome
        line = each.as_json()
        if records:
            told: list[JsonValue] = [
                {"kind": one.kind, "uid": one.uid, "outcome": "conflict" if one.asked else one.outcome}
                for one in each.records
            ]
            line["records"] = told
        words = f"{outcome.file}：{verdict_words(outcome.verdict)}（{outcome.code.value}）。"
        words += f"{outcome.message}{outcome.next}"
        if each.records:
            words += f" 新增{each.new}条、修改{each.changed}条、已有{each.same}条"
            words += f"、待确认{each.conflicts}条" if each.conflicts else ""
        if each.held_on:
            words += f"；另有{each.held_on}份暂存的报送件已接上"
        voice.tell(line, words)
        status = status if each.ok else REFUSED
    return status


def _tell_offered(offered: Iterable[object], voice: Voice) -> None:
    found = [str(each) for each in offered]
    if found:
        voice.say("自己报送过、还没有收回来的文件：\n" + "\n".join(found))


def _receipts(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.county.receipts import write_receipts
    from lianxin.office.trusting import NotThisOffice

    try:
        written = write_receipts(app.desk, to=told.to)
    except NotThisOffice as elsewhere:
        raise CommandProblem(elsewhere.message, code=elsewhere.code) from elsewhere
    for each in written:
        voice.tell(
            each.as_json(),
            f"{each.code} {each.name}：第{each.receipt_no}号回执 {each.path}\n核对码：{each.spoken_code}",
        )
    if not written:
        voice.say("没有新的内容需要回执。")
    return DONE


COMMANDS: dict[str, Run] = {
    "receive": _receive,
    "accept": _accept,
    "receipts": _receipts,
}
