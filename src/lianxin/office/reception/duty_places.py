"""Where each duty of the year is done, so that its line leads there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where a duty is done: the page, the words of the button, the kind of the records that are counted or missing.

    With a `register` the page is 台账 and that register is shown.
    """

    page: str
    words: str
    counts: str
    register: str = ""


def _events(counts: str) -> Place:
    return Place("meetings", "去登记", counts)


def _register(kind: str, words: str, counts: str = "") -> Place:
    return Place("registers", words, counts or kind, kind)


PLACES: Mapping[str, Place] = {
    "reception_days": Place("reception", "去排接待日", "reception-day"),
    "announced": Place("reception", "去登记公告", "reception-day"),
    "deputy_receptions": Place("reception", "去排轮值", "person"),
    "symposiums": Place("contacts", "去登记", "contact"),
    "home_visits": Place("contacts", "去登记", "contact"),
    "stationed": Place("deputies", "去编站点", "person"),
    "told": Place("opinions", "去分流", "opinion"),
    "suggestions": Place("suggestions", "去办理", "opinion"),
    "congress": _events("meeting"),
    "congress_days": _events("meeting"),
    "congress_notice": _events("meeting"),
    "presidium": _events("meeting"),
    "group_activities": _events("group"),
    "deputy_conference": _events("meeting"),
    "training": _events("person"),
    "deputy_days": _events("person"),
    "event_papers": _events("activity"),
    "deputy_plan": _events("plan"),
    "annual_theme": _events("annual-theme"),
    "contact_pairs": _events("contact-pair"),
    "fixed_contacts": _events("person"),
    "contact_households": _events("person"),
    "commitments": Place("reports", "去登记承诺", "person"),
    "reported_county": Place("reports", "去安排述职", "person"),
    "reported_township": Place("reports", "去安排述职", "person"),
    "oral_county": Place("reports", "去安排述职", "person"),
    "oral_township": Place("reports", "去安排述职", "person"),
    "performance_public": Place("deputies", "去公示", "publication"),
    "handling_report": _register("publication", "去公示"),
    "party_reports": _register("party-report", "去登记"),
    "publicity": _register("publicity", "去登记"),
    "station_checks": _register("station-check", "去自查", "station"),
    "mending": _register("station-check", "去整改", "station-check-item"),
    "filings": _register("filing", "去报备"),
    "oaths": _register("oath", "去登记", "appointment"),
    "topics": _register("supervision-topic", "去跟踪"),
    "documents": _register("document-log", "去办理"),
}
"""Key of a duty → where it is done."""
