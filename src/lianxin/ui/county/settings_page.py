"""设置与密钥: who may send, the root, rebuilding, and what of the office's own settings a county has."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from lianxin import __version__
from lianxin.domain.records import CodeChange
from lianxin.domain.records import Office as OfficeRecord
from lianxin.office.desk import Desk as Office
from lianxin.office.desk import office_of
from lianxin.ui.county.keys.codes_section import CodesSection
from lianxin.ui.county.keys.keys_section import KeysSection
from lianxin.ui.county.keys.register_section import RegisterSection
from lianxin.ui.county.keys.root_section import RebuildSection, RootSection
from lianxin.ui.help.places import COUNTY_SETTINGS
from lianxin.ui.pages import HANDOVER, Desk, Head
from lianxin.ui.pieces import Act
from lianxin.ui.registers.register_form import RegisterForm
from lianxin.ui.settings.access import AccessSection
from lianxin.ui.settings.after_handing_over import Ways
from lianxin.ui.settings.backups import BackupSection
from lianxin.ui.settings.checking import CheckSection
from lianxin.ui.settings.display import DisplaySection
from lianxin.ui.settings.handing_over import HandoverSection
from lianxin.ui.settings.holidays import HolidaySection
from lianxin.ui.settings.people import PeopleSection
from lianxin.ui.settings.rules import RulesSection
from lianxin.ui.settings.secrets import SecretsSection
from lianxin.ui.settings.sections_page import Maker, SectionsPage
from lianxin.ui.start.whats_new import show_whats_new
from lianxin.ui.start.window_keeper import Keeper

_NOT_SCROLLED = frozenset({"office", "rules", "access"})

_OF_TOWNSHIPS = ("type", "chair", "county_name", "county_uses", "profile")
"""Not asked at a county; the rules have their own section, and what kind of office this is never changes."""


class CountySettingsPage(SectionsPage):
    """Each section is made when it is first chosen; 登记乡镇 comes first."""

    def __init__(self, window: Desk, office: Office, keeper: Keeper) -> None:
        super().__init__(window, fixed=_NOT_SCROLLED, chapters=COUNTY_SETTINGS)
        self.office, self._keeper = office, keeper
        ways = Ways(*[lambda: self.choose("secrets"), *[lambda: self.choose("register")] * 2])
        sections: dict[str, Maker] = {
            "register": ("登记乡镇", self._register),
            "keys": ("续发与遗失", lambda: KeysSection(window, office)),
            "codes": ("单位代码变更", lambda: CodesSection(window, office)),
            "root": ("根密钥", lambda: RootSection(window, office)),
            "rebuild": ("重建数据", lambda: RebuildSection(window, office)),
            "office": ("机构", self._office_form),
            "rules": ("规则库", lambda: RulesSection(office, keeper)),
            "holidays": ("放假安排", lambda: HolidaySection(window, office, keeper)),
            "backup": ("备份与恢复", lambda: BackupSection(window, office, keeper)),
            "secrets": ("口令与恢复单", lambda: SecretsSection(window, office)),
            "people": ("使用人与锁定", lambda: PeopleSection(window, office, keeper)),
            "handover": ("交接与换电脑", lambda: HandoverSection(window, office, keeper, ways)),
            "access": ("查看记录", lambda: AccessSection(window, office, keeper)),
            "check": ("检查数据", lambda: CheckSection(window, office)),
            "display": ("大字", lambda: DisplaySection(keeper)),
        }
        self.offer(sections)
        self.follow()

    def head(self) -> Head:
        """F2 registers a township; leaving the desk locks it."""
        lock = Act("锁定", self._keeper.lock, hint="离开电脑时用；正在填写的内容会保留")
        others = (Act("更新记录", partial(show_whats_new, self), hint=f"现在是{__version__}版"), lock)
        shown = self.section()
        if isinstance(shown, RegisterSection) and shown.request is not None:
            return Head("设置与密钥", Act("核对一致，签发", shown.issue_now, "F2"), others)
        if isinstance(shown, RegisterSection):
            return Head("设置与密钥", Act("选择登记申请", shown.choose_request, "F2"), others)
        return Head("设置与密钥", None, others)

    def open_record(self, kind: str, uid: str) -> None:
        """The section that keeps this kind."""
        self.choose(
            {CodeChange.KIND: "codes", "office": "office", HANDOVER: "handover"}.get(kind, "register")
        )

    def take_file(self, file: Path) -> None:
        """A request of a township."""
        self.choose("register")
        shown = self.section()
        if isinstance(shown, RegisterSection):
            shown.read(file)

    def focus_filter(self) -> None:
        shown = self.section()
        if isinstance(shown, RegisterSection):
            shown.list.focus_filter()

    def close_down(self) -> None:
        for made in self.sections():
            if isinstance(made, RegisterForm):
                made.keep()

    def _register(self) -> QWidget:
        made = RegisterSection(self.desk, self.office)
        made.request_changed.connect(self.head_changed)
        return made

    def _office_form(self) -> QWidget:
        form = RegisterForm(self.desk, self.office, OfficeRecord, self._keeper.drafts, single=True)
        with self.office.store.reading() as reading:
            uid = office_of(reading).uid
        form.open(uid)
        for wire in _OF_TOWNSHIPS:
            form.form.set_shown(wire, False)
        form.stored.connect(lambda _uid: self._keeper.rename())
        return form
