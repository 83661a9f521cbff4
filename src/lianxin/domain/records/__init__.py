"""Every record of the house; importing this package makes the dictionary complete."""

from lianxin.domain.records.attachments import Attachment
from lianxin.domain.records.enrolment import CodeChange, Enrolment
from lianxin.domain.records.opinions import Assignment, Opinion, Reply, Routing, Satisfaction
from lianxin.domain.records.people import DeputyGroup, GroupMember, Mandate, Person
from lianxin.domain.records.places import District, HandlingUnit, Office, Region, Station, Term
from lianxin.domain.records.receiving import ConflictAnswer, ReceiptItem, ReceivedFile
from lianxin.domain.records.reception import Contact, ReceptionDay, ReceptionRule, Rota, Visitor
from lianxin.domain.records.sending import SentFile
from lianxin.domain.records.steps import Extension, HandBack, PromiseResult, Ruling, Supervision
from lianxin.domain.records.suggestions import CoHandling, Deed, Screening, Signer, Suggestion, Telling

__all__ = [
    "Assignment",
    "Attachment",
    "CoHandling",
    "CodeChange",
    "ConflictAnswer",
    "Contact",
    "Deed",
    "DeputyGroup",
    "District",
    "Enrolment",
    "Extension",
    "GroupMember",
    "HandBack",
    "HandlingUnit",
    "Mandate",
    "Office",
    "Opinion",
    "Person",
    "PromiseResult",
    "ReceiptItem",
    "ReceivedFile",
    "ReceptionDay",
    "ReceptionRule",
    "Region",
    "Reply",
    "Rota",
    "Routing",
    "Ruling",
    "Satisfaction",
    "Screening",
    "SentFile",
    "Signer",
    "Station",
    "Suggestion",
    "Supervision",
    "Telling",
    "Term",
    "Visitor",
]
