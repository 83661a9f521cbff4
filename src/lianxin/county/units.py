"""单位变更: which code goes on for which from which day, and until when files of an ended unit are taken in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lianxin.county.certificates.register import county_office
from lianxin.domain.records import CodeChange, Township
from lianxin.domain.unit_changes import UnitChanges, change_problem
from lianxin.office.desk import Desk
from lianxin.office.enrolment.files import EnrolmentRefused
from lianxin.office.trust.trusting import code_changes, enrolments
from lianxin.store.reading import Reading
from lianxin.store.writing import Change, Writing


def units_in(reading: Reading) -> UnitChanges:
    """Every change of this county, for asking who stands for a code on a day."""
    return UnitChanges.of(code_changes(reading))


def unit_on(reading: Reading, code: str, day: date) -> str:
    """The unit that stands for a code on a day."""
    return units_in(reading).unit_on(code, day)


def note_code_change(
    desk: Desk,
    *,
    former: str,
    code: str,
    day: date,
    former_name: str = "",
    name: str = "",
    change: str = "renamed",
    until: date | None = None,
) -> CodeChange:
    """An office was renamed, merged or split: `code` goes on for `former` from `day`. Raises EnrolmentRefused.

    The code is the identity: the office enrols anew under the new one, and what it sent before stays its own.
    Files of the former one are taken in until `until`, without a day for good. With `name` a unit that stands in no
    list yet is put into the county's own. Noted again it changes nothing.
    """
    county_office(desk)
    for each in (former, code):
        if not (each.isascii() and each.isdigit() and len(each) == 9):
            raise EnrolmentRefused(f"乡镇的区划代码是9位数字，现在是“{each}”，没有改动。", "K307")
    with desk.store.writing(reason="单位代码变更") as writing:
        reading = Reading(writing.connection)
        known = code_changes(reading)
        for told in known:
            if (told.former, told.code, told.day, told.change, told.until) == (
                former,
                code,
                day,
                change,
                until,
            ):
                return told
        names = {each.code: each.name for each in enrolments(reading)}
        made = CodeChange(
            uid=writing.new_uid(),
            former=former,
            code=code,
            day=day,
            former_name=former_name or names.get(former),
            change=change,
            until=until,
        )
        _require(known, made)
        writing.put(made)
        if name:
            _list(writing, reading, made, name)
    return made


def take_files_until(desk: Desk, uid: str, until: date | None) -> CodeChange:
    """Another last day for files of the ended unit; what was put aside can be received again. Raises EnrolmentRefused."""
    county_office(desk)
    with desk.store.writing(reason="改代收日期") as writing:
        known = code_changes(Reading(writing.connection))
        held = next((each for each in known if each.uid == uid), None)
        if held is None:
            raise EnrolmentRefused("这条变更已经不在了，没有改动。", "K307")
        made = replace(held, until=until)
        _require(known, made)
        writing.put(made, opened=held)
    return made


def forget_code_change(desk: Desk, uid: str) -> tuple[Change, ...]:
    """A change that was noted by mistake is taken away; every record counts again as if it had never been noted."""
    county_office(desk)
    with desk.store.writing(reason="删去单位代码变更") as writing:
        writing.remove(CodeChange, uid)
        return tuple(writing.changes)


def _list(writing: Writing, reading: Reading, made: CodeChange, name: str) -> None:
    listed = {each.code: each for each in reading.all(Township)}
    if made.code not in listed and all(each.code != made.code for each in enrolments(reading)):
        before = listed.get(made.former)
        way = before.way if before is not None else "signed"
        writing.put(Township(uid=writing.new_uid(), code=made.code, name=name[:40], way=way, since=made.day))


def _require(known: list[CodeChange], made: CodeChange) -> None:
    problem = change_problem(known, made)
    if problem:
        raise EnrolmentRefused(f"{problem}，没有改动。请先核对“单位代码变更”里的记录。", "K307")
