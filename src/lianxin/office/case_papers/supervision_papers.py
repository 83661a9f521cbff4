"""督办函 on paper: each letter once, with all the matters of its unit that bear its number."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.documents.official.page import NUMBER_TO_FILL
from lianxin.documents.official.supervision_letter import (
    PressedMatter,
    SupervisionLetter,
    supervision_letters_docx,
)
from lianxin.domain.casework.standing import DEPUTIES_TRACKS
from lianxin.domain.dates import show_day
from lianxin.domain.records import Opinion, Supervision
from lianxin.office.cases.case import cases_of, state_in
from lianxin.office.desk import Desk, office_of
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.office.paperwork.blank_forms import blank_supervision_letter
from lianxin.office.paperwork.outgoing_numbers import number_about
from lianxin.office.paperwork.paper import Asked, NoSuchMatter, Paper, PapersProblem, or_blank
from lianxin.office.paperwork.templates import in_own_look, own_look
from lianxin.store.reading import Condition, Reading


def letters(desk: Desk, uids: Sequence[str]) -> tuple[str, bytes]:
    """The latest 督办函 of each of these matters (or supervisions), a page each. Raises NoSuchMatter for none."""
    with desk.store.reading() as reading:
        chosen = [letter for uid in uids if (letter := latest_letter(reading, uid)) is not None]
        once = {each.number or each.uid: each for each in chosen}
        told = [_letter(desk, reading, letter) for letter in once.values()]
        if not told:
            raise NoSuchMatter("还没有督办函可打印。请先“督办”，方式选督办函。")
        about = [each.uid for each in once.values()]
        made = own_look(desk, reading, "supervision-letter", supervision_letters_docx(told), about)
    also = f"等{len(told)}件" if len(told) > 1 else ""
    first = next(iter(once.values()))
    return f"督办函_{short_number(first.number or '')}{also}.docx", made


def latest_letter(reading: Reading, uid: str) -> Supervision | None:
    """The latest 督办函 of a matter, or the supervision itself when it is one."""
    asked = reading.get(Supervision, uid)
    found = [asked] if asked is not None else reading.children(Supervision, "opinion", [uid])
    written = [each for each in found if each.means == "letter"]
    return max(written, key=lambda each: (each.day, each.uid), default=None)


def _letter(desk: Desk, reading: Reading, letter: Supervision) -> SupervisionLetter:
    number = Condition("number", "=", letter.number or "")
    bearing = reading.all(Supervision, number) if letter.number else [letter]
    office, names = office_of(reading), Names(reading)
    return SupervisionLetter(
        number=number_about(reading, [each.uid for each in bearing]) or NUMBER_TO_FILL,
        unit=names.of("unit", letter.unit),
        matters=tuple(_pressed(desk, reading, [each.opinion for each in bearing], letter)),
        demand=letter.demand or "",
        reply_by=show_day(letter.reply_by) if letter.reply_by else "",
        issuer=office.name,
        contact=" ".join(part for part in (office.clerk, office.phone) if part),
        day=letter.day,
        raised=_raised([each.opinion for each in bearing], reading),
    )


def _raised(matters: Sequence[str], reading: Reading) -> str:
    tracks = {each.track for each in reading.by_uid(Opinion, matters).values()}
    if tracks <= set(DEPUTIES_TRACKS):
        return "代表提出事项"
    return "反映事项" if tracks & set(DEPUTIES_TRACKS) else "群众反映事项"


def _pressed(
    desk: Desk, reading: Reading, matters: Sequence[str], letter: Supervision
) -> list[PressedMatter]:
    found = []
    for case in cases_of(reading, list(reading.by_uid(Opinion, matters).values())):
        state = state_in(desk, case, letter.day)
        assigned = case.assignments[-1] if case.assignments else None
        found.append(
            PressedMatter(
                title=case.opinion.title,
                matter=short_number(case.opinion.number or ""),
                handover=short_number(assigned.number or "") if assigned else "",
                due=show_day(state.handling_due) if state.handling_due else "",
                overdue=(letter.day - state.handling_due).days if state.handling_due else 0,
            )
        )
    return found


def _paper(asked: Asked) -> bytes:
    assert asked.uid is not None
    try:
        return letters(asked.desk, [asked.uid])[1]
    except NoSuchMatter as missing:
        if (
            asked.reading.get(Opinion, asked.uid) is None
            and asked.reading.get(Supervision, asked.uid) is None
        ):
            raise PapersProblem(f"没有找到这件意见或督办（{asked.uid}），没有生成文件") from missing
        raise PapersProblem(str(missing)) from missing


SUPERVISION_PAPERS = (
    Paper(
        "supervision-letter",
        "督办函",
        ".docx",
        "record or blank",
        or_blank(_paper, in_own_look("supervision-letter", blank_supervision_letter)),
        official=True,
    ),
)
