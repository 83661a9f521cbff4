"""The sample office after its county enrolled it: a report sent, received and acknowledged, another one rejected."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

from lianxin.bootstrap import App, profile_named
from lianxin.county.certificates.root_key import make_county_keys
from lianxin.county.enrolment.enrolling import issue_certificate
from lianxin.county.outgoing.receipts import write_receipts
from lianxin.domain.records import Contact, Visitor
from lianxin.office.cases.registering import Raised, register_visit
from lianxin.office.desk import Desk
from lianxin.office.enrolment.asked import ask_enrolment, take_answer
from lianxin.office.figuring import period_of
from lianxin.office.handover.accepting import accept
from lianxin.office.receiving.receive import receive
from lianxin.office.safekeeping.setting_up import set_up
from lianxin.office.sample.making import SAMPLE_COUNTY
from lianxin.office.sending.drafting import write_drafts
from lianxin.office.sending.final import freeze
from lianxin.office.sending.history import sending_folder
from lianxin.office.sending.monthly_act import note_drafted
from lianxin.office.sending.report import send
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.record_store import RecordStore
from tests.screenshots.sample_office import opened, seen_still, still

_PERIODS = ("2025-10", "2025-11")


def linked(home: Path) -> App:
    """The office of a folder, made when it is not there yet; the root's code is not compared."""
    if (home / "key.json").exists():
        return seen_still(home)
    app = opened(home)
    county = _county(home / "县人大")
    post = home / "往来"
    _enrol(app.desk, county, post)
    for period in _PERIODS:
        path = _send(app.desk, period)
        receive(county, [path])
        (receipt,) = write_receipts(county, to=post)
        accept(app.desk, [receipt.path])
    _visit(app.desk)
    county.store.close()
    return app


def _county(home: Path) -> Desk:
    """A county whose keys were made on the day that is always seen."""
    key = DatabaseKey(Random("县人大").randbytes(32))
    store = RecordStore.create(home, key, still(home), org_code=SAMPLE_COUNTY.code, actor="01")
    set_up(store, SAMPLE_COUNTY)
    desk = Desk(store, profile_named("national"))
    make_county_keys(desk)
    return desk


def _enrol(town: Desk, county: Desk, post: Path) -> None:
    asked = ask_enrolment(town, to=post)
    issued = issue_certificate(county, file=asked.path, to=post)
    take_answer(town, file=issued.file.path)


def _send(desk: Desk, code: str) -> Path:
    period = period_of(desk, code)
    final = freeze(desk, period)
    write_drafts(desk, period=period, within=sending_folder(desk))
    note_drafted(desk, period, final)
    return send(desk, period=period, to=sending_folder(desk)).path


def _visit(desk: Desk) -> None:
    """Words that name whoever said them, so that there is something to black out."""
    register_visit(
        desk,
        contact=Contact(
            uid="", channel="visit", day=date(2025, 12, 22), persons=1,
            words="我叫彭世兰，电话139 1234 2217。卧龙村二组的机耕道被水冲断，车子进不去，请镇里早点修。",
        ),
        visitors=[Visitor(uid="", contact="", name="彭世兰", phone="13912342217", informed=True)],
        raised=Raised("03"),
    )  # fmt: skip
