"""The commands of receiving: receive, receipts, accept, undo-receive, rebuild, conflicts, resolve."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from lianxin.bootstrap import App, unlock_lost
from lianxin.cli.commands import Run, passphrase
from lianxin.cli.saying import DONE, REFUSED, CommandProblem, Voice
from lianxin.office.safekeeping.backups import back_up_before

if TYPE_CHECKING:
    from lianxin.office.receiving.verdict import FileVerdict


def _receive(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.county.certificates.after_restore import to_check
    from lianxin.county.received.plain_reports import with_plain_read
    from lianxin.office.handover.accepting import after_receipts
    from lianxin.office.receiving.receive import receive

    _require_any(told)
    if not told.preview:
        back_up_before(app.desk, "接收")
    verdicts = receive(app.desk, told.files, preview=told.preview)
    if not told.preview:
        verdicts = with_plain_read(app.desk, verdicts)
    status = _tell(verdicts, voice, records=told.preview)
    if not told.preview:
        _tell_offered(after_receipts(app.desk, verdicts).offered, voice)
    if (check := to_check(app.desk)) is not None:
        voice.say(f"注意：{check.words}")
    return status


def _accept(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.handover.accepting import accept

    _require_any(told)
    back_up_before(app.desk, "接收回执")
    done = accept(app.desk, told.files)
    status = _tell(done.verdicts, voice)
    for item in done.items:
        voice.say(f"第{item.seq}期（{item.period}）：{item.shown('verdict')}。{item.words}")
    for words in done.trust:
        voice.say(f"{words}。")
    _tell_offered(done.offered, voice)
    return status


def _require_any(told: argparse.Namespace) -> None:
    """One that is missing among others gets its line; none at all is a slip of the pen."""
    if not any(path.exists() for path in told.files):
        raise CommandProblem(f"没有找到 {told.files[0]}，没有接收，没有改动任何数据", code="C207")


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
        verdict = verdict_words(outcome.verdict)
        words = f"{outcome.file}：{verdict}（{outcome.code.value}）。"
        # Some sentences begin with the verdict themselves.
        words += f"{outcome.message.removeprefix(f'{verdict}，')}{outcome.next}"
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
    from lianxin.county.outgoing.given import give_receipts
    from lianxin.office.trust.trusting import NotThisOffice

    try:
        written = give_receipts(app.desk, to=told.to, codes=told.again, again=bool(told.again))
    except NotThisOffice as elsewhere:
        raise CommandProblem(elsewhere.message, code=elsewhere.code) from elsewhere
    told.to.mkdir(parents=True, exist_ok=True)
    for each in written:
        voice.tell(
            each.as_json(),
            f"{each.code} {each.name}：第{each.receipt_no}号回执 {each.path}\n核对码：{each.spoken_code}",
        )
    missing = [code for code in told.again if code not in {each.code for each in written}]
    if missing:
        raise CommandProblem(
            f"{'、'.join(missing)} 没有在本县登记，没有给它写回执", code="C218", status=REFUSED
        )
    if not written:
        voice.say("没有新的内容需要回执。要把上一份再写一次，用 --again 区划代码。")
    return DONE


def _undo_receive(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.receiving.taking_back import StillNeeded, undo_receive

    try:
        done = undo_receive(app.desk, told.bundle_id)
    except StillNeeded as needed:
        raise CommandProblem(needed.message, code=needed.code, status=REFUSED) from needed
    waits = "".join(f"\n重新暂存等待：{each.file_name}" for each in done.held)
    voice.tell(
        {
            "bundle_id": done.file.bundle_id,
            "records": done.records,
            "held": [each.bundle_id for each in done.held],
        },
        f"已撤回 {done.file.file_name}，涉及{done.records}条记录。{waits}",
    )
    return DONE


def _rebuild(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.receiving.taking_back import rebuild

    done = rebuild(app.desk)
    problems = "发现问题：\n" + "\n".join(done.problems) if done.problems else "数据完好，各表与流水一致。"
    waits = f"，{len(done.held)}份暂存等待" if done.held else ""
    lost = "、".join(each.file_name for each in done.left_out)
    if lost:
        waits += f"。留存的副本打不开、没有重建的：{lost}，请报送单位重发"
    voice.tell(
        {
            "files": done.files,
            "held": [each.bundle_id for each in done.held],
            "left_out": [each.bundle_id for each in done.left_out],
            "content_hash": done.content_hash,
            "ok": not done.problems,
            "problems": list(done.problems),
        },
        f"已用{done.files}份留存的报送件重建{waits}。{problems}",
    )
    return REFUSED if done.problems else DONE


def open_lost(home: Path) -> App:
    """Opens it, made anew from what is kept; `rebuild` then takes the bundles in."""
    return unlock_lost(home, passphrase())


def _conflicts(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.receiving.questions import masked, questions

    found = questions(app.desk)
    for each in found:
        shown = [
            f"  {number}. {masked(each, choice) if each.personal else choice.shown}（{choice.org} {choice.at}）"
            for number, choice in enumerate(each.choices, 1)
        ]
        said = "，已答复，等报送单位选定" if each.answer and not each.own else ""
        title = f"{each.cls.LABEL}“{each.title}”的{each.label}"
        voice.tell(each.as_json(), f"{each.id}\n{title}有不同的写法{said}：\n" + "\n".join(shown))
    if not found:
        voice.say("没有待确认的内容。")
    return DONE


def _resolve(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.receiving.questions import QuestionUnknown, question_named, resolve

    try:
        question = question_named(app.desk, told.id)
        resolve(app.desk, told.id, take=told.take, value=told.value)
    except QuestionUnknown as unknown:
        raise CommandProblem(unknown.message, code="C217") from unknown
    voice.tell(
        {"id": question.id, "outcome": "settled" if question.own else "answered"},
        "已选定。" if question.own else "已记下答复，随下一份回执告诉报送单位，由他们选定。",
    )
    return DONE


COMMANDS: dict[str, Run] = {
    "receive": _receive,
    "accept": _accept,
    "receipts": _receipts,
    "undo-receive": _undo_receive,
    "rebuild": _rebuild,
    "conflicts": _conflicts,
    "resolve": _resolve,
}
