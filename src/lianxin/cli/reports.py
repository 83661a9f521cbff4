"""The commands that make and judge papers: send, verify, figures, document, backup, restore."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lianxin.bootstrap import App, backup, restore, unlock
from lianxin.cli.commands import Run, open_app, opens_unasked, passphrase
from lianxin.cli.saying import DONE, REFUSED, CommandProblem, Voice
from lianxin.cli.town_commands import figure_line, figure_words, tell_by_township, tell_reconciliation
from lianxin.domain.canonical import JsonValue
from lianxin.domain.figures.distributions import Charts, Point
from lianxin.domain.figures.of_period import paragraph
from lianxin.domain.periods import BadPeriod, Period
from lianxin.domain.records import Office
from lianxin.domain.rules import BadProfile, RuleProfile
from lianxin.office.beside import names_beside, write_beside
from lianxin.office.desk import NotSetUp, office_of
from lianxin.office.figuring import Counted, counted_of, period_of
from lianxin.office.trust.trusting import is_county
from lianxin.store.errors import StoreProblem
from lianxin.store.reading import Reading

if TYPE_CHECKING:
    from lianxin.bundle.trust import Trust
    from lianxin.bundle.verdicts import Outcome
    from lianxin.office.paperwork.paper import Paper


def _send(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.figuring import last_complete_month
    from lianxin.office.sending.handover import send_handover
    from lianxin.office.sending.personal_texts import personal_texts
    from lianxin.office.sending.report import send

    if told.period is None and not told.handover:
        raise CommandProblem("请用 --period 写明报送期，如 2026-10", code="C219")
    period = period_of(app.desk, told.period) if told.period else last_complete_month(app.desk)
    if not period.is_usual:
        raise BadPeriod(f"报送只按月、季度、半年或年，不能是“{period.label}”。")
    if told.handover:
        sent = send_handover(app.desk, period=period, to=told.to, readers=_readers(app, told.reader))
        named = []
    else:
        named = [(each.kind, each.uid, each.sentence) for each in personal_texts(app.desk)]
        sent = send(app.desk, period=period, to=told.to, plain=told.plain)
    found = [*((each.kind, each.uid, each.sentence) for each in sent.findings), *named]
    for _kind, _uid, sentence in found:
        voice.say(f"核对：{sentence}")
    findings: list[JsonValue] = [
        {"kind": kind or None, "uid": uid or None, "message": sentence} for kind, uid, sentence in found
    ]
    words = f"已生成第{sent.record.seq}期报送材料：{sent.path}\n核对码：{sent.spoken_code}"
    for each in sent.continuations:
        words += f"\n附件续件：{each}"
    voice.tell(
        {
            "path": str(sent.path),
            "check_code": sent.check_code,
            "seq": sent.record.seq,
            "bundle_id": sent.record.bundle_id,
            "continuations": [str(each) for each in sent.continuations],
            "findings": findings,
        },
        words,
    )
    return DONE


def _readers(app: App, told: Sequence[str]) -> list[str]:
    """收件码 of the other computers: as text, or a file that holds it (also a 登记申请)."""
    from lianxin.office.handover.handing_over import NoReaderCode, reader_code, reader_code_in

    try:
        return [
            reader_code_in(app.desk, Path(each)) if Path(each).is_file() else reader_code(each)
            for each in told
        ]
    except NoReaderCode as none:
        raise CommandProblem(none.message.rstrip("。") + "；没有移交，数据没有改动", code=none.code) from none


def run_verify(told: argparse.Namespace, voice: Voice) -> int:
    """`verify`: judges files by the root that is named, or by what the office of a named data folder holds."""
    from lianxin.bundle.verifying import verify

    now = datetime.now().astimezone()
    trust = None if told.trust is None else _trust_in(told.trust, now)
    home = vars(told).get("home")
    if home is None or not opens_unasked(home):
        return _tell_verdicts(told.files, lambda file: verify(file, now=now, trust=trust), voice)
    from lianxin.office.trust.judging import judged

    app = open_app(home)
    try:
        return _tell_verdicts(told.files, lambda file: judged(app.desk, file, trust=trust), voice)
    finally:
        app.close()


def _trust_in(file: Path, now: datetime) -> Trust:
    from lianxin.bundle.trust_files import trust_from
    from lianxin.bundle.verdicts import Refused

    try:
        return trust_from(file, now=now)
    except Refused as wrong:
        raise CommandProblem(f"{file} 里没有县人大的根证书，没有核验；各文件没有改动", code="C216") from wrong


def _tell_verdicts(files: Sequence[Path], verdict: Callable[[Path], Outcome], voice: Voice) -> int:
    from lianxin.bundle.verdicts import verdict_words

    status = DONE
    for file in files:
        found = verdict(file)
        words = f"{file}：{verdict_words(found.verdict)}（{found.code.value}）。{found.message}{found.next}"
        if found.spoken_code:
            words += f"\n核对码：{found.spoken_code}"
        voice.tell(found.as_json(), words)
        status = status if found.ok else REFUSED
    return status


def _figures(app: App, told: argparse.Namespace, voice: Voice) -> int:
    if told.by_township:
        return tell_by_township(app, told, voice)
    period = period_of(app.desk, told.period)
    with app.desk.store.reading() as reading:
        counted = _counted(reading, period, app.desk.profile)
        office = office_of(reading)
    if told.xlsx is not None:
        from lianxin.office.sending.papers import return_xlsx

        target = write_beside(told.xlsx, return_xlsx(office, counted, app.desk.today()))
        voice.tell({"path": str(target)}, f"已生成 {target}")
    elif told.text:
        text = paragraph(counted.told, office.short_name or office.name)
        voice.tell({"text": text}, text)
    else:
        for figure in counted.told.all:
            voice.tell(figure_line(figure), figure_words(figure))
        tell_reconciliation(counted.told.reconciliation, voice)
        _tell_charts(counted.charts, voice)
    return DONE


def _counted(reading: Reading, period: Period, profile: RuleProfile) -> Counted:
    """Of a county the sum of its townships, with what was only told on their behalf: the same as its page shows."""
    if not is_county(office_of(reading).office_type):
        return counted_of(reading, period, profile=profile)
    from lianxin.county.figures.town_figures import counted_by_town

    found = counted_by_town(reading, period, profile=profile)
    return Counted(found.whole, found.charts)


def _tell_charts(told: Charts, voice: Voice) -> None:
    """The distributions, a line each; only for programs: as text they would be a wall of numbers."""
    told_of: tuple[tuple[str, str, Sequence[Point]], ...] = (
        ("contacts_by_month", "各月联系群众人次", told.months),
        ("collected_by_month", "各月收集意见", [each.collected for each in told.matters]),
        ("closed_by_month", "各月办结意见", [each.closed for each in told.matters]),
        ("by_category", "意见按类别", told.categories),
        ("by_village", "意见按村（社区）", told.villages),
        ("by_source", "意见按渠道", told.sources),
        ("by_channel", "联系群众人次按方式", told.channels),
    )
    for name, label, points in told_of:
        listed: list[JsonValue] = [
            {"key": each.key, "label": each.label, "value": each.value, "uids": list(each.uids)}
            for each in points
        ]
        whole = sum(each.value for each in points)
        voice.tell({"name": name, "label": label, "value": whole, "points": listed}, "")


def _document(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.county.papers import COUNTY_PAPERS
    from lianxin.documents.characters.rare_words import rare_words
    from lianxin.office.access.access_log import note_paper
    from lianxin.office.papers.catalogue import PAPERS, make_paper
    from lianxin.office.paperwork.templates import template_problem
    from lianxin.office.scoring.finals import file_name
    from lianxin.office.trust.trusting import is_county

    also = COUNTY_PAPERS if is_county(_office(app).office_type) else {}
    known = (*PAPERS.values(), *also.values())
    if told.name is None and told.to is None:
        return _list_papers(known, voice)
    if told.name is None or told.to is None:
        raise CommandProblem("请写明文书名称和 --to 文件；没有生成文件", code="C201")
    paper = next((each for each in known if told.name in (each.name, each.label)), None)
    if paper and told.to.is_dir():
        named = told.to / f"{file_name(paper.label, told.period or '')}{paper.ending}"
        told.to = next(each for each in names_beside(named) if not each.exists())
    if paper and told.to.suffix.lower() != paper.ending:
        raise CommandProblem(
            f"{paper.label}是 {paper.ending} 文件，请把 --to 写成以 {paper.ending} 结尾的名称；没有生成文件",
            code="C211",
        )
    if told.blank or told.copies != 1:
        return _blank_forms(app, told, voice, paper)
    data = make_paper(app.desk, told.name, uid=told.uid, period=told.period, also=also)
    # A blank form is nobody's; of everything else the command line does not know what stands in it.
    if told.uid or told.period:
        note_paper(app.desk, f"命令行生成{paper.label if paper else told.name}{told.to.suffix}")
    target = write_beside(told.to, data)
    problem, rare = template_problem(app.desk, paper.name) if paper else "", rare_words(data)
    voice.tell(
        {"path": str(target), "template_problem": problem or None, "rare": rare or None},
        "。".join(said for said in (f"已生成 {target}", problem.rstrip("。"), rare) if said),
    )
    return DONE


def _list_papers(papers: Sequence[Paper], voice: Voice) -> int:
    """`document` alone: a line for each paper with what it is about."""
    about = {"record": "--for 标识", "period": "--period 时段"}
    for each in papers:
        needs, _, otherwise = each.about.partition(" or ")
        asked = about[needs] + (
            "，不写是空白的" if otherwise == "blank" else "，不写是全部" if otherwise else ""
        )
        line: dict[str, JsonValue] = {
            "name": each.name, "label": each.label, "ending": each.ending, "about": each.about
        }  # fmt: skip
        voice.tell(line, f"{each.name}　{each.label}（{each.ending}，{asked}）")
    return DONE


def _blank_forms(app: App, told: argparse.Namespace, voice: Voice, paper: Paper | None) -> int:
    """`document NAME --blank --copies N`: so many sheets, each with the next 表号; one without where none is given."""
    from lianxin.office.papers.blank_list import UNNUMBERED, print_blanks
    from lianxin.office.paperwork.form_numbers import MOST_AT_ONCE

    if told.uid or told.period:
        raise CommandProblem("空白表不写 --for 和 --period；没有生成文件", code="C201")
    if not 1 <= told.copies <= MOST_AT_ONCE:
        raise CommandProblem(f"一次最多印{MOST_AT_ONCE}张空白表；没有生成文件", code="C201")
    name = paper.name if paper else str(told.name)
    made = print_blanks(app.desk, name, told.copies, numbered=name not in UNNUMBERED)
    target = write_beside(told.to, made.content)
    numbers = f"，表号 {made.numbers[0]} 起共{len(made.numbers)}张" if made.numbers else ""
    voice.tell({"path": str(target), "numbers": list(made.numbers)}, f"已生成 {target}{numbers}")
    return DONE


def _office(app: App) -> Office:
    with app.desk.store.reading() as reading:
        return office_of(reading)


def _backup(app: App, told: argparse.Namespace, voice: Voice) -> int:
    if told.moving:
        from lianxin.office.safekeeping.moving import move_out

        moved = move_out(app.desk, told.to)
        voice.tell({"path": moved.file}, f"装好了，已打开核对过：{moved.file}\n{moved.words}")
        return DONE
    path = backup(app, told.to)
    voice.tell({"path": str(path)}, f"备份已做好并打开核对过：{path}")
    return DONE


def run_restore(home: Path, told: argparse.Namespace, voice: Voice) -> int:
    """`restore`: puts a backup in place; what was there is kept aside."""
    if not told.file.is_file():
        raise CommandProblem(f"没有找到备份文件 {told.file}，没有改动任何数据", code="C207")
    words = passphrase()
    if told.moving:
        return _move_in(home, told.file, words, voice)
    done = restore(home, told.file, words)
    kept = f"原来的数据另存在 {done.aside}。" if done.aside else ""
    check = _to_check(home, words)
    voice.tell(
        {"home": str(home), "aside": str(done.aside) if done.aside else None, "check": check or None},
        f"已从备份恢复到 {home}。{kept}下次登记时本机会换用新的编号段。{check}",
    )
    return DONE


def _move_in(home: Path, file: Path, words: str, voice: Voice) -> int:
    from lianxin.bootstrap import move_in

    app, moved = move_in(home, file, words)
    app.close()
    told: dict[str, JsonValue] = {"home": str(home), "whole": moved.whole, "problems": list(moved.problems)}
    told |= {label: here for label, _, here in moved.lines}
    voice.tell(told, f"已搬到 {home}。\n" + "\n".join(moved.words))
    return DONE if moved.whole else REFUSED


def run_repair(home: Path, voice: Voice) -> int:
    """`repair`: mends a ledger found damaged; says what it stands on and what lacks."""
    from lianxin.bootstrap import repair
    from lianxin.office.safekeeping.repair_account import account
    from lianxin.store.repair import LedgerDamaged, ask_check

    ask_check(home)
    try:
        open_app(home).close()
    except LedgerDamaged as damaged:
        done = repair(home, damaged)
    else:
        voice.tell({"what": None, "lost": 0, "aside": None}, "数据文件完好，不用修复，没有改动。")
        return DONE
    told: dict[str, JsonValue] = {
        "what": done.what, "lost": done.lost, "salvaged": done.salvaged.entries,
        "ground": done.ground.made_at.isoformat() if done.ground else None,
        "aside": str(done.aside) if done.aside else None,
    }  # fmt: skip
    voice.tell(told, "修复好了。" + "\n".join(account(done)))
    return DONE if done.lost == 0 else REFUSED


def _to_check(home: Path, words: str) -> str:
    """What a county must look through after a restore; opening it takes over what the former data know."""
    from lianxin.county.certificates.after_restore import to_check

    # The restore is done whatever comes now; what hinders the opening is told when the office is opened.
    with suppress(StoreProblem, NotSetUp, BadProfile):
        app = unlock(home, words)
        try:
            found = to_check(app.desk)
            return found.words if found is not None else ""
        finally:
            app.close()
    return ""


COMMANDS: dict[str, Run] = {
    "send": _send,
    "figures": _figures,
    "document": _document,
    "backup": _backup,
}
