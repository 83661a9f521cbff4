"""The sample office with everything a document can be about, and which record each document is made for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from random import Random

from lianxin.domain.records import (
    Activity,
    AnnualTheme,
    Appointment,
    Contact,
    Decision,
    Evaluation,
    Filing,
    Mandate,
    Meeting,
    MeetingBallot,
    Oath,
    Opinion,
    ReceptionDay,
    ReportSession,
    Routing,
    SentFile,
    Supervision,
    Visitor,
    WorkReport,
    YearReport,
)
from lianxin.domain.rules import load_profile
from lianxin.domain.tally.meeting_ballots import Sheets
from lianxin.installed import resource_dir
from lianxin.office.cases.archive import archive, propose_number
from lianxin.office.cases.leading_elsewhere import guide
from lianxin.office.cases.opinions import register_opinion
from lianxin.office.cases.steps import supervise
from lianxin.office.desk import Desk
from lianxin.office.duties.work_reports import begin_report
from lianxin.office.figuring import period_of
from lianxin.office.meetings.ballots import (
    Counted,
    ballot_file,
    confirm_ballot,
    file_resolution,
    make_ballot,
    oath_of,
    set_sheets,
    set_votes,
)
from lianxin.office.meetings.meeting import agenda_of
from lianxin.office.meetings.notes import Decided, Vote, add_decision, set_report, set_vote, take_note
from lianxin.office.meetings.record import attendees_of
from lianxin.office.papers.catalogue import PAPERS, make_paper
from lianxin.office.paperwork.paper import Paper
from lianxin.office.records import new_uid
from lianxin.office.safekeeping.setting_up import set_up
from lianxin.office.sample.making import SAMPLE_OFFICE, import_samples
from lianxin.office.scoring.scores import switch_rule
from lianxin.office.scoring.templates import copy_template
from lianxin.office.sending.send import send_plain
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.reading import Condition, Reading
from lianxin.store.record_store import RecordStore, Surroundings

NOW = datetime(2025, 12, 23, 9, 0, tzinfo=timezone(timedelta(hours=8)))
"""The day on which the sample year is looked back at."""
MONTH, YEAR = "2025-11", "2025"
_YEARLY = (
    "presidium-report",
    "year-summary",
    "report-forms",
    "unsubmitted-text",
    "suggestion-report",
    "publication-sheet",
    "score-sheet",
)


def full_office(folder: Path) -> Desk:
    """The sample ledgers, suggestions, events and reports, and a vote that was counted."""
    around = Surroundings(lambda: NOW, Random(7).randbytes, "甲", folder / "witness")
    key = DatabaseKey(bytes(range(32)))
    store = RecordStore.create(folder / "home", key, around, org_code=SAMPLE_OFFICE.code, actor="01")
    set_up(store, SAMPLE_OFFICE)
    profile = load_profile((resource_dir() / "profiles" / "national.json").read_text("utf-8"))
    desk = Desk(store, profile)
    for _label, _imported in import_samples(desk):
        pass
    _meetings(desk)
    _courses(desk)
    _contacts(desk)
    begin_report(desk, 2025, "presidium")
    switch_rule(desk, copy_template(desk, "ruzhou")[0], on=True)
    send_plain(desk, period=period_of(desk, MONTH), to=folder / "sent")
    return desk


def _courses(desk: Desk) -> None:
    """A visitor told where else to go, a suggestion pressed by letter, another one archived."""
    with desk.store.reading() as reading:
        contact = min(reading.all(Contact), key=lambda each: (each.number or "~", each.uid))
        pressed = _matter("JY0005")(reading)
    told = Opinion(
        uid=new_uid(desk), title="对宅基地判决不服", words="对法院宅基地判决不服，请代表过问",
        registered=NOW.date(), contact=contact.uid,
    )  # fmt: skip
    uid = register_opinion(desk, opinion=told).opinion.uid
    guide(
        desk, opinion=uid, way="guided", day=NOW.date(), guidance="lawsuit", destination="县人民法院",
        reason="反映的是已经判决的案件，请依照法定程序向有关机关提出。", on_spot=True,
    )  # fmt: skip
    supervise(
        desk, opinion=pressed, day=NOW.date(), means="letter", reply_by=date(2025, 12, 31),
        demand="请抓紧协调，把办理结果书面答复我单位。",
    )  # fmt: skip
    with desk.store.reading() as reading:
        closed = reading.get(Opinion, _matter("JY0003")(reading))
    assert closed is not None
    proposed = propose_number(desk, closed)
    archive(
        desk, opinion=closed.uid, day=NOW.date(), number=proposed.number.replace("Z000", "X043"), retention=proposed.retention
    )  # fmt: skip


_CONTACTS: tuple[Contact, ...] = (
    Contact(
        uid="", channel="home_visit", day=date(2025, 12, 20), place="双溪村三组", deputies="田小军、龙志明", recorder="周正",
        words="孩子上学要走六里路，雨天溪水涨起来过不去。", request="修一座便民桥", households=1, topic="秋冬走访",
        helped="送去冬衣两件，联系村里接送孩子。", answered=True, answer="已向镇规建站报告，先设警示牌。",
    ),
    Contact(
        uid="", channel="symposium", day=date(2025, 12, 19), place="双溪村村部", host="龙志明", topic="村级公路养护",
        deputies="田小军、龙志明", persons=12, recorder="周正", words="路肩塌了两处，会车危险。",
    ),
    Contact(
        uid="", channel="symposium", day=date(2025, 12, 19), place="双溪村村部", persons=3, words="排水沟年年堵，请安排清理。",
    ),
    Contact(
        uid="", channel="letter_box", day=date(2025, 12, 18), place="镇政府大门意见箱", opened_by="周正、吴秀英", letters=2,
        words="路灯坏了三盏，请修。", recorder="周正",
    ),
    Contact(
        uid="", channel="letter_box", day=date(2025, 12, 18), place="镇政府大门意见箱", words="希望延长公厕开放时间。",
    ),
    Contact(
        uid="", channel="street", day=date(2025, 12, 17), place="石牌镇集市", topic="宣传代表法", deputies="田小军",
        persons=26, leaflets=200, words="问代表怎样联系，医保报销找谁。", answered=True, answer="发了联系卡，说明了窗口。",
    ),
    Contact(
        uid="", channel="phone", day=date(2025, 12, 16), deputies="田小军", recorder="周正",
        words="自来水早晚没有水，已经一个星期。", request="尽快修好水管",
    ),
)  # fmt: skip
"""One contact of each form that is no reception; two at one talk and two letters in one box."""


def _contacts(desk: Desk) -> None:
    with desk.store.writing(reason="登记") as writing:
        for contact in _CONTACTS:
            uid = writing.new_uid()
            writing.put(replace(contact, uid=uid))
            if contact.channel in ("home_visit", "phone"):
                visitor = Visitor(
                    uid=writing.new_uid(), contact=uid, name="彭菊香", sex="female", age="45_59", phone="13907430011",
                    address="双溪村三组",
                )  # fmt: skip
                writing.put(visitor)


def _meetings(desk: Desk) -> None:
    """A meeting of the presidium with notes, vote and decisions; an election, an oath and a filing at the congress."""
    with desk.store.reading() as reading:
        presidium, congress = _meeting(reading), _congress(reading)
        first, second = agenda_of(reading, presidium)[:2]
        people = attendees_of(reading, presidium)
    set_report(desk, first.uid, reporter="镇人民政府", report="重点督办建议3件，已办结2件。")
    take_note(desk, presidium, item=first.uid, points="机耕道要赶在秋收以前修通。", speaker=people[0])
    take_note(desk, presidium, item=first.uid, points="同意报告，建议再看一次现场。", speaker=people[1])
    set_vote(desk, second.uid, Vote("hands", 8, 0, 0))
    add_decision(
        desk, presidium, first.uid, Decided("九月底前修通机耕道", "task", "镇规建站", date(2025, 9, 30))
    )
    add_decision(desk, presidium, second.uid, Decided("年中会议七月十八日召开", "decision"))
    add_decision(desk, congress, None, Decided("关于批准财政预算的决议", "resolution"))
    with desk.store.reading() as reading:
        resolution = reading.children(Decision, "meeting", [congress])[0].uid
    file_resolution(desk, resolution, document="石镇人发〔2025〕2号")
    ballot = make_ballot(desk, congress, subject="election", title="副镇长", seats=1, names="陈志远、吴秀英")
    set_sheets(desk, ballot, Sheets(33, 33, 1))
    with desk.store.reading() as reading:
        choices = ballot_file(reading, ballot)
    assert choices is not None
    for choice, agreed in zip(choices.choices, (26, 6), strict=True):
        set_votes(desk, choice, Counted(agreed, 32 - agreed, 0, 0))
    confirm_ballot(desk, ballot)
    oath_of(desk, choices.choices[0].uid)


def subject_of(reading: Reading, paper: Paper) -> str:
    """The record a document is made for."""
    return next(subject for names, subject in _SUBJECTS.items() if paper.name in names)(reading)


def _matter(number: str) -> Callable[[Reading], str]:
    def find(reading: Reading) -> str:
        return next(each.uid for each in reading.all(Opinion) if (each.number or "").endswith(number))

    return find


def _guided(reading: Reading) -> str:
    return next(each.opinion for each in reading.all(Routing) if each.route == "guided")


def _pressed(reading: Reading) -> str:
    return next(each.uid for each in reading.all(Supervision) if each.means == "letter")


def _vote_of(reading: Reading) -> str:
    return next(each.uid for each in reading.all(Evaluation) if each.state == "confirmed")


def _day(reading: Reading) -> str:
    days = sorted(reading.all(ReceptionDay), key=lambda each: each.day)
    return days[-1].uid


def _session(reading: Reading) -> str:
    return next(each.uid for each in reading.all(ReportSession) if each.held)


def _report(reading: Reading) -> str:
    held = _session(reading)
    return next(each.uid for each in reading.all(YearReport) if each.session == held)


def _deputy(reading: Reading) -> str:
    return reading.all(Mandate, Condition("level", "=", "township"))[0].uid


def _meeting(reading: Reading) -> str:
    return next(each.uid for each in reading.all(Meeting) if each.meeting_type == "presidium")


def _congress(reading: Reading) -> str:
    return next(each.uid for each in reading.all(Meeting) if each.meeting_type == "congress")


def _ballot(reading: Reading) -> str:
    return reading.all(MeetingBallot)[0].uid


def _sent(reading: Reading) -> str:
    return reading.all(SentFile)[0].uid


def _oath(reading: Reading) -> str:
    return reading.all(Oath)[0].uid


def _elected(reading: Reading) -> str:
    return next(each.uid for each in reading.all(Appointment) if each.result == "passed")


def _filing(reading: Reading) -> str:
    return reading.all(Filing)[0].uid


def _activity(reading: Reading) -> str:
    return next(each.uid for each in reading.all(Activity) if each.activity_type == "inspection")


def _visit(reading: Reading) -> str:
    return min(reading.all(Contact), key=lambda each: (each.number or "~", each.uid)).uid


def _by_channel(channel: str) -> Callable[[Reading], str]:
    def find(reading: Reading) -> str:
        return next(each.uid for each in reading.all(Contact) if each.channel == channel)

    return find


def _group_activity(reading: Reading) -> str:
    return next(each.uid for each in reading.all(Activity) if each.activity_type == "group")


def _work_report(reading: Reading) -> str:
    return reading.all(WorkReport)[0].uid


def _theme(reading: Reading) -> str:
    return reading.all(AnnualTheme)[0].uid


_SUBJECTS: Mapping[tuple[str, ...], Callable[[Reading], str]] = {
    ("reception-form",): _visit,
    ("reception-notice",): _day,
    ("matter-sheet", "handover", "dossier"): _matter("YJ0003"),
    ("telling-notice",): _guided,
    ("supervision-letter",): _pressed,
    tuple(
        name for name in PAPERS if name.startswith(("ballot-paper", "tally", "result", "evaluation"))
    ): _vote_of,
    ("event-notice", "event-agenda", "chair-script", "sign-in-sheet", "name-plates"): _meeting,
    ("minutes", "meeting-summary", "record-card"): _meeting,
    ("ballot-result", "election-notice"): _ballot,
    ("oath",): _oath,
    ("verification-sheet",): _sent,
    ("certificate",): _elected,
    ("filing-report",): _filing,
    ("event-plan", "event-summary"): _activity,
    ("theme-plan", "theme-summary"): _theme,
    ("report-form",): _report,
    tuple(name for name in PAPERS if name.startswith("report-")): _session,
    tuple(name for name in PAPERS if name.startswith(("suggestion", "reply", "opinion", "face"))): _matter(
        "JY0001"
    ),
    ("performance-file", "performance-file-pdf", "duty-register"): _deputy,
    ("home-visit-record",): _by_channel("home_visit"),
    ("symposium-record",): _by_channel("symposium"),
    ("letter-box-record",): _by_channel("letter_box"),
    ("street-record",): _by_channel("street"),
    ("phone-record",): _by_channel("phone"),
    ("group-activity-record",): _group_activity,
    ("work-report",): _work_report,
    ("quick-card",): _matter("YJ0003"),
}
"""Names of documents → the record they are made for, the first line that holds a name counts."""


@dataclass(frozen=True)
class Made:
    """A document that was made: `name` is that of the paper, with -blank for the empty form."""

    name: str
    paper: Paper
    content: bytes

    @property
    def file(self) -> str:
        """Its name on disk."""
        return self.name + self.paper.ending


def every_document(desk: Desk) -> list[Made]:
    """Each document of the house, filled; those that exist blank a second time so."""
    made = []
    for paper in PAPERS.values():
        made.append(Made(paper.name, paper, _filled(desk, paper)))
        if paper.blank:
            made.append(Made(f"{paper.name}-blank", paper, make_paper(desk, paper.name)))
    return made


def _filled(desk: Desk, paper: Paper) -> bytes:
    if paper.about.startswith("period"):
        yearly = paper.name.startswith(_YEARLY)
        return make_paper(desk, paper.name, period=YEAR if yearly else MONTH)
    with desk.store.reading() as reading:
        uid = subject_of(reading, paper)
    return make_paper(desk, paper.name, uid=uid)
