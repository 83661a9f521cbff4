"""Every record of the house; importing this package makes the dictionary complete."""

from lianxin.domain.records.activities import (
    Activity,
    ActivityStep,
    AnnualTheme,
    Attendance,
    ContactPair,
    Expense,
    Plan,
    PlanItem,
    Publication,
    ThemeTask,
)
from lianxin.domain.records.attachments import Attachment
from lianxin.domain.records.ballots import Evaluation, GradeRule, GradeStep, TallyRow
from lianxin.domain.records.enrolment import CodeChange, Enrolment
from lianxin.domain.records.meetings import Meeting
from lianxin.domain.records.opinions import Assignment, Opinion, Reply, Routing, Satisfaction
from lianxin.domain.records.people import DeputyGroup, GroupMember, Mandate, Person
from lianxin.domain.records.places import District, HandlingUnit, Office, Region, Station, Term
from lianxin.domain.records.receiving import ConflictAnswer, ReceiptItem, ReceivedFile
from lianxin.domain.records.reception import Contact, ReceptionDay, ReceptionRule, Rota, Visitor
from lianxin.domain.records.reportback import (
    AspectName,
    Commitment,
    Improvement,
    ReportAspect,
    ReportQuestion,
    ReportSession,
    YearReport,
)
from lianxin.domain.records.scores import FinalSheet, Honour, ScoreClaim, ScoreItem, ScoreRule
from lianxin.domain.records.sending import SentFile
from lianxin.domain.records.station_checks import StationCheck, StationCheckItem
from lianxin.domain.records.steps import (
    ArchiveOpening,
    Archiving,
    ChairReview,
    Extension,
    HandBack,
    PromiseResult,
    Ruling,
    Supervision,
)
from lianxin.domain.records.suggestions import CoHandling, Deed, Screening, Signer, Suggestion, Telling

__all__ = [
    "ArchiveOpening",
    "Archiving",
    "Activity",
    "ActivityStep",
    "AnnualTheme",
    "AspectName",
    "Assignment",
    "Attachment",
    "Attendance",
    "ChairReview",
    "CoHandling",
    "CodeChange",
    "Commitment",
    "ConflictAnswer",
    "Contact",
    "ContactPair",
    "Deed",
    "DeputyGroup",
    "District",
    "Enrolment",
    "Evaluation",
    "Expense",
    "Extension",
    "FinalSheet",
    "GradeRule",
    "GradeStep",
    "GroupMember",
    "HandBack",
    "HandlingUnit",
    "Honour",
    "Improvement",
    "Mandate",
    "Meeting",
    "Office",
    "Opinion",
    "Person",
    "Plan",
    "PlanItem",
    "PromiseResult",
    "Publication",
    "ReceiptItem",
    "ReceivedFile",
    "ReceptionDay",
    "ReceptionRule",
    "Region",
    "Reply",
    "ReportAspect",
    "ReportQuestion",
    "ReportSession",
    "Rota",
    "Routing",
    "Ruling",
    "Satisfaction",
    "ScoreClaim",
    "ScoreItem",
    "ScoreRule",
    "Screening",
    "SentFile",
    "Signer",
    "Station",
    "StationCheck",
    "StationCheckItem",
    "Suggestion",
    "Supervision",
    "TallyRow",
    "Telling",
    "Term",
    "ThemeTask",
    "Visitor",
    "YearReport",
]
