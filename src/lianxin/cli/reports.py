"""The commands that make and judge papers: send, verify, figures, document, backup, restore."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from lianxin.bootstrap import App, backup, restore
from lianxin.cli.commands import Run, passphrase
from lianxin.cli.saying import DONE, REFUSED, CommandProblem, Voice
from lianxin.domain.canonical import JsonValue
from lianxin.domain.figures import Figures, paragraph
from lianxin.office.beside import write_beside
from lianxin.office.desk import office_of
from lianxin.office.figuring import figures_of, period_of


def _send(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.sending.send import send_plain

    sent = send_plain(app.desk, period=period_of(app.desk, told.period), to=told.to)
    for finding in sent.findings:
        voice.say(f"核对：{finding.sentence}")
    findings: list[JsonValue] = [
        {"kind": each.kind or None, "uid": each.uid or None, "message": each.sentence}
        for each in sent.findings
    ]
    voice.tell(
        {
            "path": str(sent.path),
            "check_code": sent.check_code,
            "seq": sent.record.seq,
            "bundle_id": sent.record.bundle_id,
            "findings": findings,
        },
        f"已生成第{sent.record.seq}期报送材料：{sent.path}\n核对码：{sent.spoken_code}",
    )
    return DONE


def run_verify(told: argparse.Namespace, voice: Voice) -> int:
    """`verify`: judges files without any data folder."""
    from lianxin.bundle.verdicts import verdict_words
    from lianxin.bundle.verifying import Trust, verify

    trust = None
    if told.trust is not None:
        root = told.trust.read_bytes()
        if b"-----BEGIN CERTIFICATE-----" not in root and not root.startswith(b"PK"):
            raise CommandProblem(f"{told.trust} 里没有县人大的根证书，没有核验；各文件没有改动", code="C216")
        trust = Trust(root)
    status = DONE
    for file in told.files:
        found = verify(file, now=datetime.now().astimezone(), trust=trust)
        words = f"{file}：{verdict_words(found.verdict)}（{found.code.value}）。{found.message}{found.next}"
        if found.spoken_code:
            words += f"\n核对码：{found.spoken_code}"
        voice.tell(found.as_json(), words)
        status = status if found.ok else REFUSED
    return status


def _figures(app: App, told: argparse.Namespace, voice: Voice) -> int:
    period = period_of(app.desk, told.period)
    found = figures_of(app.desk, period)
    with app.desk.store.reading() as reading:
        office = office_of(reading)
    if told.xlsx is not None:
        from lianxin.office.sending.papers import return_xlsx

        target = write_beside(told.xlsx, return_xlsx(office, found, app.desk.today()))
        voice.tell({"path": str(target)}, f"已生成 {target}")
    elif told.text:
        text = paragraph(found, office.short_name or office.name)
        voice.tell({"text": text}, text)
    else:
        _tell_figures(found, voice)
    return DONE


def _tell_figures(found: Figures, voice: Voice) -> None:
    for figure in found.all:
        voice.tell(
            {
                "name": figure.key,
                "label": figure.label,
                "unit": figure.unit,
                "value": figure.value if isinstance(figure.value, int) else None,
                "shown": figure.shown,
                "part": figure.part,
                "whole": figure.whole,
                "definition": figure.definition,
                "kind": figure.kind,
                "uids": list(figure.uids),
            },
            f"{figure.label}：{figure.shown}{figure.unit}　（{figure.definition}）",
        )
    voice.say(found.reconciliation.text)


def _document(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.papers import make_paper

    data = make_paper(app.desk, told.name, uid=told.uid, period=told.period)
    target = write_beside(told.to, data)
    voice.tell({"path": str(target)}, f"已生成 {target}")
    return DONE


def _backup(app: App, told: argparse.Namespace, voice: Voice) -> int:
    path = backup(app, told.to)
    voice.tell({"path": str(path)}, f"备份已做好并打开核对过：{path}")
    return DONE


def run_restore(home: Path, told: argparse.Namespace, voice: Voice) -> int:
    """`restore`: puts a backup in place; what was there is kept aside."""
    if not told.file.is_file():
        raise CommandProblem(f"没有找到备份文件 {told.file}，没有改动任何数据", code="C207")
    done = restore(home, told.file, passphrase())
    kept = f"原来的数据另存在 {done.aside}。" if done.aside else ""
    voice.tell(
        {"home": str(home), "aside": str(done.aside) if done.aside else None},
        f"已从备份恢复到 {home}。{kept}下次登记时本机会换用新的编号段。",
    )
    return DONE


COMMANDS: dict[str, Run] = {
    "send": _send,
    "figures": _figures,
    "document": _document,
    "backup": _backup,
}
