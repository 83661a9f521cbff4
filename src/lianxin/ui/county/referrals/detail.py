"""The chosen referred matter at the county: what the township wrote, where it is here, by when, the 经过 of both."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.county.referrals.referred import Referred
from lianxin.domain.dates import show_day
from lianxin.office.case_papers.case_file import CaseFile
from lianxin.ui.attachments import AttachmentStrip
from lianxin.ui.opinions.detail import CaseDetail
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import Act, label, set_look


class ReferredDetail(CaseDetail):
    """`show_referred` shows a matter with its row; the five steps are those the township sees, too."""

    def __init__(self, lookup: Lookup, attachments: AttachmentStrip) -> None:
        self._from = label("", "heading", wrap=True)
        self._unheeded = label("", "doubt", wrap=True)
        super().__init__(lookup, attachments)

    def add_first(self) -> None:
        self.add(self._from)

    def add_more(self) -> None:
        self.add(self._unheeded)

    def show_referred(self, file: CaseFile, row: Referred, acts: Sequence[Act]) -> None:
        """Show a matter as the county has it."""
        self.show_file(file, acts)
        self._badge.set_words(row.badge)
        self.setAccessibleName(f"{row.town} {row.number} {row.title}，{row.badge}")
        times = f"（第{row.referral.times}次转报）" if row.referral.times > 1 else ""
        self._from.setText(f"{row.town}{show_day(row.referral.sent)}转报{times}，{show_day(row.arrived)}收到")
        self._standing.setText(standing_words(row))
        set_look(self._standing, "late" if row.late else "plain")
        self._next.setText(f"下一步：{row.next_act}" if row.next_act else "")
        self._next.setVisible(bool(row.next_act))
        unheeded = len(row.referral.unheeded)
        self._unheeded.setText(
            f"有{unheeded}步县里的办理没有计入：登记时乡镇已把这件收回或另作处理，经过里都还在，请打电话说明。"
        )
        self._unheeded.setVisible(bool(unheeded))

    def texts(self) -> dict[str, str]:
        return {**super().texts(), "from": self._from.text(), "unheeded": self._unheeded.text()}


def standing_words(row: Referred) -> str:
    """县水利局承办，期限12月20日，已超期3天 · 督办2次: where it is, in one line."""
    referral, clock = row.referral, row.clock
    told = [referral.label]
    if referral.stage == "assigned":
        told = [f"{referral.unit}承办" + (f"，期限{show_day(clock.due)}" if clock.due else "")]
    elif referral.stage == "upward":
        told = [f"已转报{referral.destination}"]
    elif referral.stage == "answered" and referral.answered:
        told = [f"{show_day(referral.answered)}已答复，等{row.town}向反映人反馈"]
    elif referral.ended:
        told = [f"{referral.label}（{show_day(referral.ended)}）"]
    if row.late and clock.days_left is not None:
        told[0] += f"，已超期{-clock.days_left}天"
    elif clock.due and referral.stage in ("sent", "again"):
        told[0] += f"，请在{show_day(clock.due)}前交办"
    told += [f"督办{referral.supervised}次"] * bool(referral.supervised)
    told += [f"重办{referral.rounds}次"] * bool(referral.rounds)
    return " · ".join(told)
