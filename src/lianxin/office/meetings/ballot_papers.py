"""Papers of secret ballots: result sheet, 公告 of who was elected, oath, report of filing."""

from __future__ import annotations

import json
from typing import cast

from lianxin.domain.dates import show_day
from lianxin.domain.records import Appointment, Filing, MeetingBallot, Oath
from lianxin.domain.tally.meeting_ballots import Fate
from lianxin.installed import resource_dir
from lianxin.office.desk import office_of
from lianxin.office.meetings.ballots import NOT_NUMBERED, BallotFile, Choice, ballot_file
from lianxin.office.meetings.meeting import short_place
from lianxin.office.names import Names
from lianxin.office.paperwork.outgoing_numbers import number_about
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem
from lianxin.office.paperwork.templates import in_own_look

_UNKNOWN = "—"
_MARKS = ("赞成", "反对", "弃权")
_COUNTY = "县人民代表大会常务委员会"


def _ballot(asked: Asked) -> BallotFile:
    assert asked.uid is not None
    found = ballot_file(asked.reading, asked.uid)
    if found is None:
        raise PapersProblem(f"没有找到这次投票（{asked.uid}），没有生成文件")
    return found


def _result(asked: Asked) -> bytes:
    from lianxin.documents.official.election_papers import BallotResult, CandidateLine, ballot_result_docx

    file, office, names = _ballot(asked), office_of(asked.reading), Names(asked.reading)
    ballot, project = file.ballot, file.ballot.subject == "project"
    fates = {each.candidate.uid: each.fate for each in file.outcome.placed}
    ranks = {each.candidate.uid: at for at, each in enumerate(file.outcome.placed)}
    lines = tuple(
        CandidateLine(each.name, _about(each, names), _votes(each), _fate(fates[each.uid], project=project))
        for each in sorted(file.choices, key=lambda each: ranks[each.uid])
    )
    nth = f"（第{ballot.round}轮）" if ballot.round > 1 else ""
    unit = "个" if project else "名"
    told = BallotResult(
        meeting=file.meeting.name, title=f"{ballot.title}{nth}　应选{ballot.seats}{unit}", day=file.meeting.day,
        office=office.name, counts=_counts(file), marks=_MARKS if project else (*_MARKS, "另选"), lines=lines,
        said=file.outcome.words, faults=file.faults, project=project, counters=ballot.counters or "",
        scrutineers=ballot.scrutineers or "",
    )  # fmt: skip
    return ballot_result_docx(told)


def _counts(file: BallotFile) -> str:
    ballot = file.ballot
    told = [
        ("全体代表", file.members, "人"), ("实到", file.present or None, "人"), ("发出票", ballot.issued, "张"),
        ("收回票", ballot.returned, "张"), ("无效票", ballot.invalid, "张"),
    ]  # fmt: skip
    return "　".join(f"{word}{_UNKNOWN if count is None else count}{unit}" for word, count, unit in told)


def _about(choice: Choice, names: Names) -> str:
    if isinstance(choice, Appointment):
        return f"{choice.shown('nominated_by')}提名"
    unit = names.of("unit", choice.unit)
    money = f"{choice.money}万元" if choice.money is not None else ""
    return "；".join(part for part in ((choice.content or "")[:60], unit, money) if part)


def _votes(choice: Choice) -> tuple[str, ...]:
    counts = [choice.votes_for, choice.votes_against, choice.abstained]
    if isinstance(choice, Appointment):
        counts.append(choice.others)
    return tuple(_UNKNOWN if count is None else str(count) for count in counts)


def _fate(fate: Fate, *, project: bool) -> str:
    if fate == "chosen":
        return "入选" if project else "当选"
    return {"tied": "再次投票", "lost": "未入选" if project else "未当选"}.get(fate, "")


def _notice(asked: Asked) -> bytes:
    from lianxin.documents.official.election_papers import Elected, election_notice_docx

    file, office = _ballot(asked), office_of(asked.reading)
    elected = [Elected(each.name, file.ballot.title) for each in file.outcome.chosen]
    if file.ballot.subject == "project" or not elected:
        raise PapersProblem("这次投票还没有选出人来，没有生成公告")
    body, _, _ = file.meeting.name.partition("第")
    signer = f"{short_place(office)}人民代表大会" if not body else _signer(file.meeting.name)
    return election_notice_docx(
        elected, meeting=file.meeting.name, day=file.meeting.until or file.meeting.day, signer=signer
    )


def _signer(meeting: str) -> str:
    """The presidium of the session signs: 石牌镇第十九届人民代表大会主席团."""
    head, body, _ = meeting.partition("人民代表大会")
    return f"{head}{body}主席团" if body else meeting


def _certificate(asked: Asked) -> bytes:
    from lianxin.documents.official.election_papers import Elected, certificate_docx

    assert asked.uid is not None
    told = asked.reading.get(Appointment, asked.uid)
    if told is None:
        raise PapersProblem(f"没有找到这次任免（{asked.uid}），没有生成文件")
    if told.result != "passed" or told.act in ("resigned", "removed"):
        raise PapersProblem(f"{told.name}还没有当选或通过任命，没有生成证书")
    office = office_of(asked.reading)
    meeting = Names(asked.reading).of("meeting", told.meeting) or office.name
    if told.act == "appointed":
        heading, words = "任命书", f"经{meeting}决定，任命你为{told.post}。"
    else:
        heading, words = "当选证书", f"经{meeting}选举，你当选为{told.post}。"
    signer = _signer(meeting) if told.act != "appointed" else office.name
    return certificate_docx(
        Elected(told.name, told.post), heading=heading, words=words, signer=signer,
        day=told.certificate or told.day,
    )  # fmt: skip


def _oath(asked: Asked) -> bytes:
    from lianxin.documents.official.election_papers import OathTold, oath_docx

    words = oath_words()
    oath = asked.reading.get(Oath, asked.uid) if asked.uid else None
    if asked.uid and oath is None:
        raise PapersProblem(f"没有找到这次宣誓（{asked.uid}），没有生成文件")
    form = oath.form if oath else "alone"
    told = OathTold(
        name=oath.name if oath else "", post=oath.post if oath else "",
        took_office=show_day(oath.took_office) if oath and oath.took_office else "",
        day=show_day(oath.day) if oath else "", place=(oath.place or "") if oath else "",
        form=oath.shown("form") if oath else "□单独宣誓　□集体宣誓", leader=(oath.leader or "") if oath else "",
        supervisor=(oath.supervisor or "") if oath else "", remark=(oath.remark or "") if oath else "",
    )  # fmt: skip
    return oath_docx(
        told, words=words["text"], manner=words[form], source=words["source"],
        office=office_of(asked.reading).name,
    )  # fmt: skip


def oath_words() -> dict[str, str]:
    """The oath of 2018 with its source and the two manners of taking it."""
    text = (resource_dir() / "oath" / "2018.json").read_text("utf-8")
    return cast("dict[str, str]", json.loads(text))


def _filing(asked: Asked) -> bytes:
    from lianxin.documents.official.election_papers import FilingTold, filing_report_docx

    assert asked.uid is not None
    filing = asked.reading.get(Filing, asked.uid)
    if filing is None:
        raise PapersProblem(f"没有找到这件备案（{asked.uid}），没有生成文件")
    office, names = office_of(asked.reading), Names(asked.reading)
    materials = (filing.materials or "").replace("，", "、").split("、")
    told = FilingTold(
        title=filing.title, document="" if filing.document == NOT_NUMBERED else filing.document, meeting=names.of("meeting", filing.meeting) or "会议",
        passed=filing.passed, materials=tuple(each.strip() for each in materials if each.strip()),
        addressee=office.county_name or _COUNTY, issuer=office.name, day=filing.filed or asked.desk.today(),
        contact=" ".join(part for part in (office.clerk, office.phone) if part),
        number=number_about(asked.reading, [filing.uid]), approver=names.of("person", office.chair),
    )  # fmt: skip
    return filing_report_docx(told)


BALLOT_PAPERS: tuple[Paper, ...] = (
    Paper("ballot-result", "投票结果报告单", ".docx", "record", in_own_look("ballot-result", _result)),
    Paper(
        "election-notice",
        "选举公告",
        ".docx",
        "record",
        in_own_look("election-notice", _notice),
        official=True,
    ),
    Paper("certificate", "当选证书、任命书", ".docx", "record", in_own_look("certificate", _certificate)),
    Paper("oath", "宪法宣誓", ".docx", "record or blank", in_own_look("oath", _oath)),
    Paper(
        "filing-report",
        "决议备案报告",
        ".docx",
        "record",
        in_own_look("filing-report", _filing),
        official=True,
    ),
)
"""For the uid of a ballot at a meeting, of an appointment, of an oath, of a filing."""
_NAMED = {each.name: each for each in BALLOT_PAPERS}
OWN_PAPERS = {
    Oath.KIND: _NAMED["oath"], Filing.KIND: _NAMED["filing-report"], Appointment.KIND: _NAMED["certificate"],
    MeetingBallot.KIND: _NAMED["ballot-result"],
}  # fmt: skip
"""The paper a record of these kinds is printed as."""
