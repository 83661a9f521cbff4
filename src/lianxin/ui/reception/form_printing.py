"""The form of one contact, of several as one job, or the blank 接待登记表."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from lianxin.domain.records import Contact
from lianxin.office.desk import Desk as Office
from lianxin.office.paperwork.print_order import in_number_order
from lianxin.office.reception.visit_papers import reception_form, visit_paper
from lianxin.ui.batch_printing import print_batch
from lianxin.ui.pages import Desk
from lianxin.ui.print_marks import marking_of
from lianxin.ui.printing import show_paper

FORM = "接待登记表"


def print_forms(desk: Desk, office: Office, uids: Sequence[str], folder: Path, *, owner: QObject) -> None:
    """The forms of these visits; "" stands for the blank one. Several become one job, in the order of their numbers."""
    chosen = in_number_order(office, Contact, [uid for uid in uids if uid])
    marking = marking_of(desk, office, FORM, Contact.KIND, chosen)
    if len(chosen) > 1:
        makes = [partial(visit_paper, office, uid) for uid in chosen]
        print_batch(desk, f"{FORM}_{len(chosen)}份", makes, folder, owner=owner, marking=marking)
        return
    paper = visit_paper(office, chosen[0]) if chosen else reception_form(office, None)
    show_paper(desk, paper, folder, marking, personal=bool(chosen))
