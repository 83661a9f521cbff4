"""`demo`: a fictional township from the sample ledgers, the main job from first to last."""

from __future__ import annotations

import argparse
import secrets
from collections.abc import Mapping
from pathlib import Path

from lianxin.bootstrap import begin, log_to
from lianxin.cli.saying import DONE, REFUSED, CommandProblem, Voice
from lianxin.domain.canonical import JsonValue
from lianxin.installed import samples_dir
from lianxin.office.setting_up import Beginning

OFFICE = Beginning(
    role="township",
    code="439901102",
    name="清江县石牌镇人民代表大会主席团",
    county_name="清江县人民代表大会常务委员会",
    station="石牌镇代表联络站",
    term=19,
)
"""The invented office of the sample ledgers."""
PERIOD = "2025-12"


def run_demo(home: Path, told: argparse.Namespace, voice: Voice) -> int:
    """Makes the office, imports the samples, sends a month and verifies the file."""
    from lianxin.bundle.verdicts import verdict_words
    from lianxin.bundle.verifying import verify
    from lianxin.office.figuring import period_of
    from lianxin.office.importing.ledger_import import import_ledger
    from lianxin.office.sending.send import send_plain

    if (home / "key.json").exists():
        raise CommandProblem(f"{home} 里已经有一个机构，示例要用新的文件夹；没有改动", code="C206")
    log_to(home)
    words = sample_passphrase(home)
    app, _ = begin(home, words, OFFICE)
    try:
        voice.say(f"示例机构：{OFFICE.name}（示例数据均为虚构）")
        for kind, label, pattern in (
            ("deputies", "代表花名册", "*花名册.xlsx"),
            ("contact", "接待群众台账", "*接待群众台账.xlsx"),
        ):
            path = next(iter(sorted(samples_dir().glob(pattern))))
            done = import_ledger(app.desk, kind=kind, path=path, preview=False)
            counts: dict[str, JsonValue] = dict(done.counts)
            voice.tell({"import": done.batch, "counts": counts}, f"已导入{label}：{_told(done.counts)}")
        sent = send_plain(app.desk, period=period_of(app.desk, PERIOD), to=home / "报送")
        voice.tell(
            {"path": str(sent.path), "check_code": sent.check_code, "seq": sent.record.seq},
            f"已生成第{sent.record.seq}期报送材料：{sent.path}\n核对码：{sent.spoken_code}",
        )
        found = verify(sent.path, now=app.desk.store.now())
        voice.tell(found.as_json(), f"{verdict_words(found.verdict)}：{found.message}")
        voice.say(f"打开窗口看看：设好环境变量 LIANXIN_PASSPHRASE={words}，再运行 lianxin --home {home}")
        status = DONE if found.ok else REFUSED
    finally:
        app.close()
    if told.open_window:
        return open_window(home, words)
    return status


def _told(counts: Mapping[str, int]) -> str:
    words = {"visits": "来访{}批次", "persons": "{}人", "days": "接待日{}次", "mandates": "代表资格{}个",
             "new": "新增{}行", "refused": "未导入{}行"}  # fmt: skip
    return "，".join(text.format(counts[name]) for name, text in words.items() if name in counts)


def sample_passphrase(home: Path) -> str:
    """The passphrase of a sample office lies openly in its folder: there is nothing real to protect."""
    home.mkdir(parents=True, exist_ok=True)
    words = secrets.token_hex(4)
    (home / "示例口令.txt").write_text(words + "\n", "utf-8")
    return words


def open_window(home: Path, words: str) -> int:
    """Shows the window on an office whose passphrase is known."""
    raise CommandProblem("本版本还没有窗口", code="C212")
