"""Records of any kind a figure may count, in any order and state, for tests that hold whatever they are."""

from __future__ import annotations

import dataclasses as dc
from datetime import date

from hypothesis import strategies as st

from lianxin.domain import codes
from lianxin.domain.casework.steps import Further
from lianxin.domain.figures.of_period import (
    Facts,
)
from lianxin.domain.records import (
    Activity,
    ArchiveOpening,
    Archiving,
    Assignment,
    ChairReview,
    CoHandling,
    Contact,
    Extension,
    HandBack,
    Mandate,
    Meeting,
    Opinion,
    ReceptionDay,
    Reply,
    ReportSession,
    Rota,
    Routing,
    Ruling,
    Satisfaction,
    Screening,
    Station,
    StationCheck,
    StationCheckItem,
    Supervision,
    Telling,
    Term,
    YearReport,
)

SOME_DAY = st.dates(date(2026, 8, 1), date(2026, 12, 31))
OPINIONS = ["o0", "o1", "o2", "o3", "o4", "o5"]


@st.composite
def any_further(draw: st.DrawFn, uid: str) -> Further:
    """One of the steps beyond the four usual ones, on any matter."""
    whose, day = draw(st.sampled_from(OPINIONS)), draw(SOME_DAY)
    later = draw(st.none() | SOME_DAY)
    steps: list[Further] = [
        HandBack(uid=uid, opinion=whose, day=day, reason="不归我办"),
        Extension(uid=uid, opinion=whose, day=day, until=later or day, reason="难", decision="granted"),
        Supervision(uid=uid, opinion=whose, day=day, reply_by=later, answered=later),
        Ruling(uid=uid, opinion=whose, day=day, decision="closed", reason="已研究"),
        Screening(uid=uid, opinion=whose, day=day, stage="office"),
        CoHandling(uid=uid, opinion=whose, day=day, unit="u2", due=later, answered=later),
        Telling(uid=uid, opinion=whose, day=day),
        ChairReview(uid=uid, opinion=whose, day=day, verdict=codes.CHAIR_VERDICT.codes[0].code),
        Archiving(uid=uid, opinion=whose, day=day, number="Z109"),
        ArchiveOpening(uid=uid, opinion=whose, day=day, reason="更正"),
    ]
    return draw(st.sampled_from(steps))


@dc.dataclass(frozen=True)
class _Drawing:
    """Draws the small parts of records."""

    draw: st.DrawFn

    def some(self, most: int) -> range:
        return range(self.draw(st.integers(0, most)))

    def whose(self) -> str:
        return self.draw(st.sampled_from(OPINIONS))

    def one_of(self, found: codes.CodeList) -> str:
        return self.draw(st.sampled_from(found.codes)).code


@st.composite
def any_facts(draw: st.DrawFn) -> Facts:
    """Matters with their steps, and everything else a return counts."""
    whole = draw(_matters())
    for others in (draw(_people()), draw(_year())):
        filled = {field.name: told for field in dc.fields(Facts) if (told := vars(others)[field.name])}
        whole = dc.replace(whole, **filled)
    return whole


@st.composite
def _matters(draw: st.DrawFn) -> Facts:
    made = _Drawing(draw)
    some, whose, one_of = made.some, made.whose, made.one_of
    return Facts(
        opinions=[
            Opinion(
                uid=uid,
                title=uid,
                words=uid,
                registered=draw(SOME_DAY),
                track=one_of(codes.TRACK),
                category=one_of(codes.CATEGORY),
            )
            for uid in OPINIONS
        ],
        routings=[
            Routing(uid=f"r{n}", opinion=whose(), day=draw(SOME_DAY), route=one_of(codes.ROUTE))
            for n in some(8)
        ],
        assignments=[
            Assignment(
                uid=f"a{n}", opinion=whose(), day=draw(SOME_DAY), unit="u", due=draw(st.none() | SOME_DAY)
            )
            for n in some(8)
        ],
        replies=[
            Reply(uid=f"p{n}", opinion=whose(), day=draw(SOME_DAY), result=one_of(codes.RESULT))
            for n in some(8)
        ],
        satisfactions=[
            Satisfaction(
                uid=f"s{n}",
                opinion=whose(),
                day=draw(st.none() | SOME_DAY),
                overall=one_of(codes.SATISFACTION),
                whom=one_of(codes.ASKED_WHOM),
                means=one_of(codes.MEANS),
            )
            for n in some(8)
        ],
        further=[draw(any_further(f"f{n}")) for n in some(8)],
    )


@st.composite
def _people(draw: st.DrawFn) -> Facts:
    made = _Drawing(draw)
    some, one_of = made.some, made.one_of
    return Facts(
        days=[ReceptionDay(uid=f"d{n}", day=draw(SOME_DAY), state=one_of(codes.DAY_STATE)) for n in some(5)],
        rota=[
            Rota(uid=f"t{n}", reception_day=f"d{n % 5}", person=f"p{n}", attendance=one_of(codes.ATTENDANCE))
            for n in some(8)
        ],
        mandates=[
            Mandate(
                uid=f"m{n}",
                person=f"p{n % 4}",
                level=one_of(codes.LEVEL),
                state=one_of(codes.MANDATE_STATE),
                state_day=draw(st.none() | SOME_DAY),
                station=draw(st.sampled_from([None, "st"])),
            )
            for n in some(8)
        ],
        contacts=[
            Contact(
                uid=f"c{n}",
                channel=one_of(codes.CHANNEL),
                day=draw(SOME_DAY),
                words="x",
                persons=draw(st.integers(0, 30)),
            )
            for n in some(8)
        ],
    )


@st.composite
def _year(draw: st.DrawFn) -> Facts:
    made = _Drawing(draw)
    some, one_of = made.some, made.one_of
    return Facts(
        terms=[Term(uid="term", level="township", ordinal=19, start=draw(st.none() | SOME_DAY))],
        stations=[Station(uid=f"st{n}", name="站") for n in some(3)],
        checks=[
            StationCheck(uid=f"k{n}", station=f"st{n % 3}", year=2026, day=draw(SOME_DAY)) for n in some(4)
        ],
        check_items=[
            StationCheckItem(
                uid=f"i{n}", station_check=f"k{n % 4}", item=have.code, result=one_of(codes.CHECK_RESULT)
            )
            for n, have in enumerate(codes.FIVE_HAVES.codes * 4)
        ],
        sessions=[ReportSession(uid=f"v{n}", day=draw(SOME_DAY), held=draw(st.booleans())) for n in range(2)],
        reports=[
            YearReport(
                uid=f"y{n}",
                person=f"p{n % 4}",
                year=2026,
                mode=one_of(codes.REPORT_MODE),
                session=f"v{n % 2}",
                submitted=draw(st.none() | SOME_DAY),
            )
            for n in some(6)
        ],
        activities=[
            Activity(
                uid=f"x{n}",
                activity_type=one_of(codes.ACTIVITY_TYPE),
                topic="活动",
                day=draw(SOME_DAY),
                cancelled=draw(st.booleans()),
            )
            for n in some(6)
        ],
        meetings=[
            Meeting(
                uid=f"g{n}",
                meeting_type=one_of(codes.MEETING_TYPE),
                name="会",
                day=draw(SOME_DAY),
                held=draw(st.booleans()),
            )
            for n in some(6)
        ],
    )
