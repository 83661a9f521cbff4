"""`demo`: two fictional townships and their county, from the sample ledgers to the receipt."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lianxin.bootstrap import App
from lianxin.cli.saying import DONE, REFUSED, CommandProblem, Voice
from lianxin.cli.window import OpenWindow, open_window
from lianxin.domain.canonical import JsonValue
from lianxin.domain.records import Activity, Meeting, ReportSession, Suggestion
from lianxin.installed import log_to
from lianxin.office.safekeeping.setting_up import Beginning, short_name_of
from lianxin.office.sample.making import (
    NEIGHBOUR_LEDGERS,
    PASSPHRASE_FILE,
    SAMPLE_COUNTY,
    SAMPLE_LEDGERS,
    SAMPLE_NEIGHBOUR,
    SAMPLE_OFFICE,
    Ledgers,
    import_samples,
    sample_passphrase,
)
from lianxin.samples import begin_sample

# Certificates and bundles are loaded when the demo runs, not by every other command.
if TYPE_CHECKING:
    from lianxin.bundle.verdicts import Outcome
    from lianxin.office.receiving.verdict import FileVerdict

PERIOD = "2025-12"
COUNTY_FOLDER, NEIGHBOUR_FOLDER, POST_FOLDER = "县人大示例", "响水乡示例", "往来文件"
"""Inside the demo's folder: the county's data, the other township's data, and what travels between them."""


@dataclass(frozen=True)
class _Office:
    """One office of the demo: who it is and its open program."""

    beginning: Beginning
    app: App
    ledgers: Ledgers = ()

    @property
    def name(self) -> str:
        """What people call it."""
        return "县人大" if self.beginning.role == "county" else short_name_of(self.beginning.name)

    @property
    def facts(self) -> dict[str, JsonValue]:
        """Which office a line is about."""
        return {"office": self.beginning.code, "office_name": self.name}


@dataclass(frozen=True)
class _Demo:
    """The offices and where their post lies; each step says what it did and answers whether it went well."""

    voice: Voice
    county: _Office
    towns: tuple[_Office, ...]
    post: Path

    def run(self) -> bool:
        """Every step in turn."""
        for town in self.towns:
            self._import(town)
        answers = [self._enrol(town) for town in self.towns]
        sent = [self._send(town) for town in self.towns]
        arrived = self._receive(sent)
        acknowledged = self._acknowledge()
        return all([arrived, acknowledged, self._verify(self.towns[0], sent[0], answers[0])])

    def _import(self, town: _Office) -> None:
        for label, done in import_samples(town.app.desk, ledgers=town.ledgers):
            counts: dict[str, JsonValue] = dict(done.counts)
            self.voice.tell(
                {"step": "import", **town.facts, "import": done.batch, "counts": counts},
                f"{town.name}已导入{label}：{_counted(done.counts)}",
            )
        with town.app.desk.store.reading() as reading:
            suggestions, sessions = reading.count(Suggestion), reading.count(ReportSession)
            activities, meetings = reading.count(Activity), reading.count(Meeting)
        if suggestions:
            self.voice.say(f"{town.name}另有代表议案建议{suggestions}件，办到各个环节的都有")
        if activities:
            self.voice.say(f"{town.name}另有履职活动{activities}次、会议{meetings}次，名单和出勤都在")
        if sessions:
            self.voice.say(f"{town.name}另有一年的述职安排、年初履职承诺和述职评议会{sessions}次")

    def _enrol(self, town: _Office) -> Path:
        """Request, answer, and the answer taken in with the root's code; the answer's path."""
        from lianxin.county.enrolment.enrolling import issue_certificate
        from lianxin.office.enrolment.enrolling import accept_answer, request_enrolment

        asked = request_enrolment(town.app.desk, to=self.post / "登记申请")
        issued = issue_certificate(self.county.app.desk, file=asked.path, to=self.post / "登记答复")
        accepted = accept_answer(town.app.desk, file=issued.file.path, root_code=issued.root_code)
        answer = issued.file.path
        self.voice.tell(
            {
                "step": "enrol",
                **town.facts,
                "request": str(asked.path),
                "answer": str(answer),
                "request_code": asked.spoken_code,
                "root_code": issued.root_code,
                "confirmed": accepted.held.confirmed,
            },
            f"{town.name}已向县人大登记：申请 {asked.path}（核对码 {asked.spoken_code}），答复 {answer}\n"
            f"　县人大根证书核对码：{issued.root_code}（已核对）",
        )
        return answer

    def _send(self, town: _Office) -> Path:
        from lianxin.office.figuring import period_of
        from lianxin.office.sending.report import send

        desk = town.app.desk
        sent = send(desk, period=period_of(desk, PERIOD), to=desk.store.home / "报送")
        self.voice.tell(
            {
                "step": "send",
                **town.facts,
                "path": str(sent.path),
                "check_code": sent.check_code,
                "spoken_code": sent.spoken_code,
                "seq": sent.record.seq,
                "bundle_id": sent.record.bundle_id,
            },
            f"{town.name}已生成第{sent.record.seq}期报送件（已签名、加密）：{sent.path}\n"
            f"　核对码：{sent.spoken_code}",
        )
        return sent.path

    def _receive(self, files: Sequence[Path]) -> bool:
        from lianxin.office.receiving.receive import receive

        verdicts = receive(self.county.app.desk, files)
        for each in verdicts:
            manifest = each.outcome.manifest
            sender = short_name_of(manifest.org_name) if manifest else ""
            self._tell_taken("receive", self.county, each, f"县人大接收{sender}的报送件")
        return all(each.ok for each in verdicts)

    def _acknowledge(self) -> bool:
        from lianxin.county.outgoing.receipts import write_receipts
        from lianxin.office.handover.accepting import accept

        written = {each.code: each for each in write_receipts(self.county.app.desk, to=self.post / "回执")}
        for each in written.values():
            self.voice.tell(
                {"step": "receipts", **self.county.facts, **each.as_json()},
                f"县人大给{each.name}的第{each.receipt_no}号回执：{each.path}\n　核对码：{each.spoken_code}",
            )
        fine = len(written) == len(self.towns)
        for town in self.towns:
            receipt = written.get(town.beginning.code)
            done = accept(town.app.desk, [receipt.path] if receipt else [])
            for verdict in done.verdicts:
                self._tell_taken("accept", town, verdict, f"{town.name}接收回执")
            for item in done.items:
                self.voice.say(
                    f"　第{item.seq}期（{item.period}）：{_once(item.shown('verdict'), item.words)}"
                )
            fine = fine and bool(done.items) and all(each.ok for each in done.verdicts)
        return fine

    def _verify(self, town: _Office, file: Path, answer: Path) -> bool:
        from lianxin.bundle.trust_files import trust_from
        from lianxin.office.trust.judging import judged

        desk = town.app.desk
        found = judged(desk, file, trust=trust_from(answer, now=desk.store.now()))
        self.voice.tell(
            {"step": "verify", **town.facts, **found.as_json()},
            f"用县人大的根证书核验 {file.name}：{_judged(found)}",
        )
        return found.ok

    def _tell_taken(self, step: str, where: _Office, verdict: FileVerdict, title: str) -> None:
        counts = f"新增{verdict.new}条，修改{verdict.changed}条，已有{verdict.same}条"
        if verdict.conflicts:
            counts += f"，待确认{verdict.conflicts}条"
        self.voice.tell(
            {"step": step, **where.facts, **verdict.as_json()},
            f"{title}：{_judged(verdict.outcome)}{counts}",
        )


def run_demo(home: Path, told: argparse.Namespace, voice: Voice, window: OpenWindow | None = None) -> int:
    """Makes the offices, sends a month up and the receipts down, and verifies a file by the county's root."""
    if (home / "key.json").exists():
        raise CommandProblem(f"{home} 里已经有一个机构，示例要用新的文件夹；没有改动", code="C206")
    log_to(home)
    voice.say("以下机构、人名、电话均为虚构。")
    places = (home, home / NEIGHBOUR_FOLDER, home / COUNTY_FOLDER)
    with ExitStack() as stack:
        town, neighbour, county = (
            stack.enter_context(_begun(place, beginning, ledgers))
            for place, (beginning, ledgers) in zip(places, _OFFICES, strict=True)
        )
        for each, place in zip((town, neighbour, county), places, strict=True):
            voice.tell(
                {"step": "begin", **each.facts, "home": str(place)},
                f"已建立{each.beginning.name}，数据在 {place}",
            )
        fine = _Demo(voice, county, (town, neighbour), home / POST_FOLDER).run()
    voice.say("\n打开窗口看看（不用输口令）：")
    for name, place in zip((town.name, neighbour.name, county.name), places, strict=True):
        voice.say(f"　{name}：{_program()} --home {_shown(place)}")
    voice.say(f"命令行也可以接着用，例如：{_program()} --home {_shown(places[2])} list opinion")
    voice.say(f"口令写在各文件夹的“{PASSPHRASE_FILE}”里，示例数据没有可以保密的内容。")
    if told.open_window:
        return open_window(home, sample_passphrase(home), window)
    return DONE if fine else REFUSED


_OFFICES: tuple[tuple[Beginning, Ledgers], ...] = (
    (SAMPLE_OFFICE, SAMPLE_LEDGERS),
    (SAMPLE_NEIGHBOUR, NEIGHBOUR_LEDGERS),
    (SAMPLE_COUNTY, ()),
)


@contextmanager
def _begun(home: Path, beginning: Beginning, ledgers: Ledgers) -> Iterator[_Office]:
    app = begin_sample(home, beginning)
    try:
        yield _Office(beginning, app, ledgers)
    finally:
        app.close()


def _counted(counts: Mapping[str, int]) -> str:
    words = {"visits": "来访{}批次", "persons": "{}人", "days": "接待日{}次", "mandates": "代表资格{}个",
             "new": "新增{}行", "refused": "未导入{}行"}  # fmt: skip
    return "，".join(text.format(counts[name]) for name, text in words.items() if name in counts)


def _judged(outcome: Outcome) -> str:
    from lianxin.bundle.verdicts import verdict_words

    return _once(verdict_words(outcome.verdict), outcome.message)


def _once(verdict: str, message: str) -> str:
    """The verdict, then its sentence, unless that begins with the same words."""
    return message if message.startswith(verdict) else f"{verdict}：{message}"


def _program() -> str:
    """How this program was started: in a checkout there is no command of its own."""
    started = Path(sys.argv[0])
    if (started.parent.name, started.name) == ("lianxin", "__main__.py"):
        return f"{_shown(Path(sys.executable))} -m lianxin"
    return "lianxin"


def _shown(place: Path) -> str:
    return f'"{place}"' if " " in str(place) else str(place)
