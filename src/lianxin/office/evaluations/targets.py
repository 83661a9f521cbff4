"""Whom or what a vote is about: deputies of one level and district, units, stations, or things by their name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lianxin.domain.records import (
    Evaluation,
    HandlingUnit,
    Mandate,
    Person,
    ReportSession,
    Station,
    TallyRow,
    YearReport,
)
from lianxin.office.names import Names, find_named
from lianxin.store.reading import Reading

_KIND_OF = {"deputy": Person.KIND, "unit": HandlingUnit.KIND, "station": Station.KIND}
"""Targets that are records of their own; reports, projects and officials stand under their name."""
_BETWEEN = str.maketrans({"，": "、", ",": "、", "\n": "、", "；": "、", ";": "、"})


@dataclass(frozen=True)
class Target:
    """One line of the ballot: a person, a unit, a station, or a name."""

    person: str | None = None
    unit: str | None = None
    station: str | None = None
    name: str | None = None


def targets_named(reading: Reading, target: str, words: str) -> tuple[list[Target], str]:
    """The targets written one a line or with 、 between, and what is wrong with those that are not known."""
    names = [name.strip() for name in words.translate(_BETWEEN).split("、") if name.strip()]
    kind, found, strange = _KIND_OF.get(target), list[Target](), list[str]()
    for name in dict.fromkeys(names):
        if kind is None:
            found.append(Target(name=name[:60]))
            continue
        uid = _deputy_named(reading, name) if kind == Person.KIND else find_named(reading, kind, name)
        if uid is None:
            strange.append(name)
        else:
            found.append(_of_kind(kind, uid))
    what = {"deputy": "花名册里没有在任代表", "unit": "没有登记过单位", "station": "没有登记过站点"}.get(
        target, ""
    )
    return found, f"{what}“{'、'.join(strange)}”，请先登记或改正名字" if strange else ""


def targets_of_session(reading: Reading, session: str) -> list[Target]:
    """The deputies who report by mouth at a meeting, in their order."""
    reports = reading.children(YearReport, "session", [session])
    spoken = sorted((one for one in reports if one.mode == "oral"), key=lambda one: (one.order, one.uid))
    return [Target(person=one.person) for one in spoken]


def targets_of(reading: Reading, evaluation: str) -> list[Target]:
    """The targets of an evaluation that is set up, each once."""
    rows = sorted(reading.children(TallyRow, "evaluation", [evaluation]), key=lambda row: row.place)
    return list(dict.fromkeys(Target(row.person, row.unit, row.station, row.name) for row in rows))


def target_name(names: Names, target: Target | TallyRow) -> str:
    """How a target is called."""
    return (
        names.of("person", target.person)
        or names.of("unit", target.unit)
        or names.of("station", target.station)
        or target.name
        or "（没有名称）"
    )


def row_name(names: Names, row: TallyRow) -> str:
    """How a row is called: 周桂兰, or with its aspect 周桂兰·联系群众."""
    name = target_name(names, row)
    return f"{name}·{row.aspect}" if row.aspect else name


def aspects_of(evaluation: Evaluation) -> tuple[str, ...]:
    """The aspects of a vote in order; none means one row a target."""
    words = (evaluation.aspects or "").translate(_BETWEEN)
    return tuple(dict.fromkeys(word.strip()[:30] for word in words.split("、") if word.strip()))


def planned_rows(evaluation: Evaluation, targets: Sequence[Target]) -> list[TallyRow]:
    """The rows of the sheet without counts, still without uid: each target in each aspect."""
    aspects: Sequence[str | None] = aspects_of(evaluation) or (None,)
    return [
        TallyRow(
            uid="new", evaluation=evaluation.uid, person=one.person, unit=one.unit, station=one.station,
            name=one.name, aspect=aspect,
        )
        for one in targets
        for aspect in aspects
    ]  # fmt: skip


def strangers_among(reading: Reading, evaluation: Evaluation, targets: Sequence[Target]) -> str:
    """A sentence when deputies are not of the level and district of the meeting: one of each to a vote."""
    people = [one.person for one in targets if one.person]
    if evaluation.target != "deputy" or not people:
        return ""
    names, serving = Names(reading), _serving(reading, people)
    without = [names.of("person", person) for person in people if not serving[person]]
    if without:
        return f"{'、'.join(without)}不是在任代表"
    session = reading.get(ReportSession, evaluation.session) if evaluation.session else None
    if session is not None:
        others = [names.of("person", one) for one in people if not _fits(serving[one], session)]
        where = names.of("district", session.district)
        whose = f"{where}{session.shown('level')}"
        return f"{'、'.join(others)}不是这场述职评议会的{whose}人大代表" if others else ""
    common = set.intersection(*({each.level for each in serving[one]} for one in people))
    return "" if common else "这些代表不是同一级的人大代表；一次测评只测同一级的代表"


def _serving(reading: Reading, people: Sequence[str]) -> dict[str, list[Mandate]]:
    found: dict[str, list[Mandate]] = {person: [] for person in people}
    for mandate in reading.children(Mandate, "person", list(people)):
        if mandate.state == "serving":
            found[mandate.person].append(mandate)
    return found


def _fits(mandates: Sequence[Mandate], session: ReportSession) -> bool:
    """A roster that does not say the district speaks against nobody."""
    return any(
        each.level == session.level
        and (session.district is None or each.district is None or each.district == session.district)
        for each in mandates
    )


def _deputy_named(reading: Reading, name: str) -> str | None:
    from lianxin.office.suggestions.suggestion import deputies_named

    found, _ = deputies_named(reading, name)
    return found[0] if found else None


def _of_kind(kind: str, uid: str) -> Target:
    if kind == Person.KIND:
        return Target(person=uid)
    return Target(unit=uid) if kind == HandlingUnit.KIND else Target(station=uid)
