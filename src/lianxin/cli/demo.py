"""`demo`: a fictional township from the sample ledgers, the main job from first to last."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from lianxin.bootstrap import begin_sample
from lianxin.cli.saying import DONE, REFUSED, CommandProblem, Voice
from lianxin.cli.window import OpenWindow, open_window
from lianxin.domain.canonical import JsonValue
from lianxin.installed import log_to
from lianxin.office.sample import SAMPLE_OFFICE, import_samples, sample_passphrase

PERIOD = "2025-12"


def run_demo(home: Path, told: argparse.Namespace, voice: Voice, window: OpenWindow | None = None) -> int:
    """Makes the office, imports the samples, sends a month and verifies the file."""
    from lianxin.bundle.verdicts import verdict_words
    from lianxin.bundle.verifying import verify
    from lianxin.office.figuring import period_of
    from lianxin.office.sending.send import send_plain

    if (home / "key.json").exists():
        raise CommandProblem(f"{home} 里已经有一个机构，示例要用新的文件夹；没有改动", code="C206")
    log_to(home)
    app = begin_sample(home)
    try:
        voice.say(f"示例机构：{SAMPLE_OFFICE.name}（示例数据均为虚构）")
        for label, done in import_samples(app.desk):
            counts: dict[str, JsonValue] = dict(done.counts)
            voice.tell({"import": done.batch, "counts": counts}, f"已导入{label}：{_told(done.counts)}")
        sent = send_plain(app.desk, period=period_of(app.desk, PERIOD), to=home / "报送")
        voice.tell(
            {"path": str(sent.path), "check_code": sent.check_code, "seq": sent.record.seq},
            f"已生成第{sent.record.seq}期报送材料：{sent.path}\n核对码：{sent.spoken_code}",
        )
        found = verify(sent.path, now=app.desk.store.now())
        voice.tell(found.as_json(), f"{verdict_words(found.verdict)}：{found.message}")
        voice.say(f"打开窗口看看：lianxin --home {home}")
        status = DONE if found.ok else REFUSED
    finally:
        app.close()
    if told.open_window:
        return open_window(home, sample_passphrase(home), window)
    return status


def _told(counts: Mapping[str, int]) -> str:
    words = {"visits": "来访{}批次", "persons": "{}人", "days": "接待日{}次", "mandates": "代表资格{}个",
             "new": "新增{}行", "refused": "未导入{}行"}  # fmt: skip
    return "，".join(text.format(counts[name]) for name, text in words.items() if name in counts)
