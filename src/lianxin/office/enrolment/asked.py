"""登记申请 as the settings show it: the request that waits for its answer, with the code to read out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lianxin.domain.records import Office
from lianxin.office.desk import Desk, office_of
from lianxin.office.enrolment.enrolling import Accepted, accept_answer, request_enrolment
from lianxin.office.enrolment.files import SignedFile
from lianxin.office.trust.county_link import CountyLink, county_link
from lianxin.office.trust.trusting import reader_key
from lianxin.office.trust.waiting import REQUEST_SETTING, Asked, asked_in


@dataclass(frozen=True)
class Standing:
    """Everything the section of the settings shows; `reader` is the code others encrypt to for this computer."""

    office: Office
    link: CountyLink | None
    asked: Asked | None
    reader: str


def standing(desk: Desk) -> Standing:
    """The office, its link, and the request that was made last."""
    with desk.store.reading() as reading:
        office, asked = office_of(reading), asked_in(reading)
    return Standing(office, county_link(desk), asked, reader_key(desk).recipient)


def ask_enrolment(desk: Desk, *, to: Path, new_key: bool = False) -> SignedFile:
    """Writes the request into a folder and keeps its code, so that it can be read out later too.

    Raises as `request_enrolment`.
    """
    written = request_enrolment(desk, to=to, new_key=new_key)
    desk.store.set_setting(
        REQUEST_SETTING,
        {"path": str(written.path), "code": written.spoken_code, "day": desk.today().isoformat()},
    )
    return written


def take_answer(desk: Desk, *, file: Path, root_code: str | None = None) -> Accepted:
    """Takes the county's answer in; a request that it answers waits no more. Raises as `accept_answer`."""
    accepted = accept_answer(desk, file=file, root_code=root_code)
    if accepted.certified:
        desk.store.set_setting(REQUEST_SETTING, None)
    return accepted
