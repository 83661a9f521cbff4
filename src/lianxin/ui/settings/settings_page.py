"""设置与备份: sections in a rail, the chosen one beside it; office data by forms of the dictionary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from lianxin import __version__
from lianxin.domain.dictionary import Record
from lianxin.domain.records import (
    AccessNote,
    District,
    Enrolment,
    HandedDown,
    HandedTo,
    HandlingUnit,
    Region,
    Station,
    Term,
    User,
)
from lianxin.domain.records import Office as OfficeRecord
from lianxin.office.desk import Desk as Office
from lianxin.office.desk import office_of
from lianxin.office.trust.trusting import is_county
from lianxin.ui.help.places import SETTINGS
from lianxin.ui.pages import HANDOVER, Desk, Head
from lianxin.ui.pieces.buttons import Act
from lianxin.ui.registers.register_form import RegisterForm
from lianxin.ui.registers.register_panel import RegisterPanel
from lianxin.ui.settings.access import AccessSection
from lianxin.ui.settings.after_handing_over import Ways
from lianxin.ui.settings.backups import BackupSection
from lianxin.ui.settings.checking import CheckSection
from lianxin.ui.settings.county_came import CountyCameSection
from lianxin.ui.settings.county_link import CountyLinkSection
from lianxin.ui.settings.display import DisplaySection
from lianxin.ui.settings.handing_over import HandoverSection
from lianxin.ui.settings.holidays import HolidaySection
from lianxin.ui.settings.people import PeopleSection
from lianxin.ui.settings.recycle_bin import RecycleBin
from lianxin.ui.settings.rules import RulesSection
from lianxin.ui.settings.secrets import SecretsSection
from lianxin.ui.settings.sections_page import Maker, SectionsPage
from lianxin.ui.settings.templates import TemplatesSection
from lianxin.ui.start.whats_new import show_whats_new
from lianxin.ui.start.window_keeper import Keeper

_REGISTERS: Mapping[str, tuple[str, type[Record]]] = {
    "terms": ("届", Term),
    "stations": ("站点", Station),
    "villages": ("村（社区）", Region),
    "districts": ("选区", District),
    "units": ("承办单位", HandlingUnit),
}

_NOT_SCROLLED = frozenset({"office", *_REGISTERS, "came", "access", "rules", "templates", "bin"})

_KEPT_IN = {
    Enrolment.KIND: "county",
    HandedDown.KIND: "came",
    HandedTo.KIND: "came",
    User.KIND: "people",
    AccessNote.KIND: "access",
    HANDOVER: "handover",
}
"""Kind → the section that shows its records."""


class SettingsPage(SectionsPage):
    """Each section is made when it is first chosen."""

    def __init__(self, window: Desk, office: Office, keeper: Keeper) -> None:
        super().__init__(window, fixed=_NOT_SCROLLED, chapters=SETTINGS)
        self.office, self._keeper = office, keeper
        sections: dict[str, Maker] = {
            "office": ("机构", self._office_form),
            **{key: (words, self._maker(cls)) for key, (words, cls) in _REGISTERS.items()},
            **self._county_maker(),
            "backup": ("备份与恢复", lambda: BackupSection(window, office, keeper)),
            "secrets": ("口令与恢复单", lambda: SecretsSection(window, office)),
            "people": ("使用人与锁定", lambda: PeopleSection(window, office, keeper)),
            "handover": ("交接与换电脑", lambda: HandoverSection(window, office, keeper, self._ways())),
            "access": ("查看记录", lambda: AccessSection(window, office, keeper)),
            "rules": ("规则库", lambda: RulesSection(office, keeper)),
            "holidays": ("放假安排", lambda: HolidaySection(window, office, keeper)),
            "templates": ("文书模板", lambda: TemplatesSection(window, office)),
            "bin": ("回收站", lambda: RecycleBin(window, office)),
            "check": ("检查数据", lambda: CheckSection(window, office)),
            "display": ("大字", lambda: DisplaySection(keeper)),
        }
        self.offer(sections)
        self.follow()

    def head(self) -> Head:
        others = (
            Act("导入台账", lambda: self.desk.go("import")),
            Act("更新记录", partial(show_whats_new, self), hint=f"现在是{__version__}版"),
            Act("锁定", self._keeper.lock, hint="离开电脑时用；正在填写的内容会保留"),
        )
        shown = self.section()
        if isinstance(shown, RegisterPanel):
            return Head("设置与备份", Act(f"新增{shown.cls.LABEL}", shown.begin_new, keys="F2"), others)
        return Head("设置与备份", None, others)

    def open_record(self, kind: str, uid: str) -> None:
        key = _KEPT_IN.get(kind, "office")
        self.choose(key if self.offers(key) else "office")

    def focus_filter(self) -> None:
        shown = self.section()
        if isinstance(shown, RegisterPanel | RecycleBin):
            shown.list.focus_filter()

    def go_back(self) -> bool:
        shown = self.section()
        return isinstance(shown, RegisterPanel) and shown.panes.go_back()

    def close_down(self) -> None:
        for made in self.sections():
            if isinstance(made, RegisterPanel | RegisterForm):
                made.keep()

    def _office_form(self) -> QWidget:
        form = RegisterForm(self.desk, self.office, OfficeRecord, self._keeper.drafts, single=True)
        with self.office.store.reading() as reading:
            uid = office_of(reading).uid
        form.open(uid)
        # Chosen in its own section, where a name that does not exist cannot be typed.
        form.form.set_shown("profile", False)
        form.stored.connect(self._office_stored)
        return form

    def _office_stored(self, _uid: str) -> None:
        self._keeper.rename()

    def _county_maker(self) -> Mapping[str, Maker]:
        """县人大登记 and 县人大下发 are a township's; a county has keys of its own."""
        with self.office.store.reading() as reading:
            if is_county(office_of(reading).office_type):
                return {}
        return {
            "county": ("县人大登记", lambda: CountyLinkSection(self.desk, self.office)),
            "came": (
                "县人大下发",
                lambda: CountyCameSection(self.desk, self.office, self._keeper, self.choose),
            ),
        }

    def _ways(self) -> Ways:
        """What is done after a handover is done where it always is, and goes on there."""
        return Ways(lambda: self.choose("secrets"), self._renew_key, self._take_answer)

    def _renew_key(self) -> None:
        self.choose("county")
        shown = self.section()
        if isinstance(shown, CountyLinkSection):
            shown.ask_with_new_key()

    def _take_answer(self) -> None:
        self.choose("county")
        shown = self.section()
        if isinstance(shown, CountyLinkSection):
            shown.choose_answer()

    def _maker(self, cls: type[Record]) -> Callable[[], QWidget]:
        return lambda: RegisterPanel(self.desk, self.office, cls, self._keeper.drafts)
