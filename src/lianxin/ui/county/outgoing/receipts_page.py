"""回执与下发资料: receipts for every township with something new, what was given, and the county's list and rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from lianxin.county.certificates.root_key import RootState, root_state
from lianxin.county.enrolment.enrolling import write_profile
from lianxin.county.outgoing.given import Said, Standing, give_receipts, standings
from lianxin.county.outgoing.receipts import Receipt
from lianxin.domain.dates import show_day, show_day_numeric
from lianxin.domain.records import HandedDown, HandedTo, ReceiptItem
from lianxin.office.desk import Desk
from lianxin.office.enrolment.files import SignedFile
from lianxin.office.sending.delivering import SendingFailed
from lianxin.store.errors import StoreProblem
from lianxin.store.files import why_not
from lianxin.ui.asking.files import ask_folder
from lianxin.ui.county.keys.key_work import KeyWork
from lianxin.ui.county.keys.root_box import AskFile, RootBox, ask_file
from lianxin.ui.county.outgoing.handed_section import HandedSection
from lianxin.ui.failures import Problem
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk as Window
from lianxin.ui.pages import Head, Page
from lianxin.ui.pieces import Act, Card, ChipRow, TwoPanes, button, label
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.settings.lines import beside
from lianxin.ui.table import Column
from lianxin.ui.theme import px

_FOLDER = "receipt-folder"
RECEIPTS, HANDED = "receipts", "handed"
PROFILE = "签发、作废以后，或者规则有变化时，把清单和规则发给各乡镇；乡镇在“县人大登记”里接收。"


class TownSource:
    """A ListSource over the townships and what each was given."""

    def __init__(self, found: Sequence[Standing] = ()) -> None:
        self._found = {each.due.code: each for each in found}

    @property
    def columns(self) -> Sequence[Column]:
        """Township, whether one is due, the last one."""
        return (
            Column("town", "乡镇", width=130, sortable=False),
            Column("due", "现在", width=160, sortable=False, look="badge"),
            Column("last", "上次回执", width=200, stretch=True, sortable=False),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """Those with something new first."""
        found = [each for each in self._found.values() if not words or words in each.due.name + each.due.code]
        return [each.due.code for each in sorted(found, key=lambda each: not each.due.fresh)]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these townships."""
        return [_town(self._found[key]) for key in keys]

    def standing(self, code: str) -> Standing | None:
        """One township."""
        return self._found.get(code)

    def due(self) -> int:
        """How many townships have something new."""
        return sum(1 for each in self._found.values() if each.due.fresh)


class SaidSource:
    """A ListSource over what was said of each file of a township."""

    def __init__(self, said: Sequence[Said] = (), mark: str = "") -> None:
        self._said = {f"{mark}{place}": each for place, each in enumerate(said)}

    @property
    def columns(self) -> Sequence[Column]:
        """Issue, verdict, day."""
        return (
            Column("issue", "期次", width=150, sortable=False),
            Column("verdict", "回执里写的", width=150, stretch=True, sortable=False, look="badge"),
            Column("day", "接收日期", width=108, sortable=False),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """Latest first."""
        return list(self._said)

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these lines."""
        found = [self._said[key] for key in keys]
        return [(each.issue, each.verdict, show_day_numeric(each.day)) for each in found]


class ReturnsPage(Page):
    """`folder_asked`, `file_asked` stand for the dialogs, `show_folder` for the file manager."""

    def __init__(
        self,
        window: Window,
        office: Desk,
        *,
        folder_asked: Callable[[QWidget, str], str] = ask_folder,
        file_asked: AskFile = ask_file,
        show_folder: Callable[[Path], bool] | None = None,
    ) -> None:
        super().__init__(window)
        self.office, self._ask_folder = office, folder_asked
        self._show_folder = show_folder or _show
        self._source, self._busy = TownSource(), False
        self.towns = RecordList(
            self._source, name="各乡镇的回执", unit="个乡镇", framed=False,
            empty=EmptyWords(
                "还没有登记的乡镇", "先在“设置与密钥”里给乡镇签发证书；有了报送件，这里写回执。", "去签发"
            ),
        )  # fmt: skip
        self.towns.picked.connect(self._picked)
        self.towns.opened.connect(self._opened)
        self.towns.empty_acted.connect(lambda: self.desk.go("settings"))
        self._outcome = label("", wrap=True)
        self.open_folder = button("打开文件夹", act=self._open_folder)
        self.profile = Card("证书清单和规则")
        self.work = KeyWork(window, self.profile)
        self.root = RootBox(file_asked=file_asked)
        self.write = button("写证书清单和规则…", act=self.write_profile)
        for part in (label(PROFILE, "soft", wrap=True), self.root, beside(self.write), self.work.words):
            self.profile.add(part)
        self.panes = TwoPanes(
            self._left(), self._right(), names=("各乡镇", "这个乡镇"), shares=(1, 1), least=(430, 400)
        )
        self.handed = HandedSection(window, office, file_asked=file_asked)
        self.handed.changed.connect(self.head_changed)
        self.view = ChipRow(((RECEIPTS, "回执"), (HANDED, "下发资料")), name="看哪一样", numbered=False)
        self.view.set_code(RECEIPTS)
        self.view.chosen.connect(self.show_view)
        self._views = QStackedWidget()
        for part in (self.panes, self.handed):
            self._views.addWidget(part)
        self.body.addWidget(self.view)
        self.body.addWidget(self._views, 1)
        self.follow()

    def head(self) -> Head:
        """写回执 for every township with something new."""
        due = self._source.due()
        words = f"写回执（{due}个乡镇）" if due else "写回执"
        hint = "" if due else "现在没有新的内容要告诉乡镇"
        return Head("回执与下发资料", Act(words, self.give, "F2", hint, enabled=bool(due) and not self._busy))

    def show_view(self, view: str) -> None:
        """回执 or 下发资料."""
        self.view.set_code(view)
        self._views.setCurrentIndex(view == HANDED)
        self.refresh()

    def refresh(self) -> None:
        """Read the standings, on the worker of readings."""
        if self.view.code() == HANDED:
            self.handed.refresh()
        office = self.office
        self.read(lambda: (standings(office), root_state(office)), lambda found: self._show(*found))

    def focus_first(self) -> None:
        """The townships."""
        self.towns.setFocus()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        (self.handed.list if self.view.code() == HANDED else self.towns).focus_filter()

    def go_back(self) -> bool:
        """Esc."""
        return self.handed.go_back() if self.view.code() == HANDED else self.panes.go_back()

    def open_record(self, kind: str, uid: str) -> None:
        """A line of a receipt: its township; anything handed down: the other view."""
        if kind in (HandedDown.KIND, HandedTo.KIND):
            self.show_view(HANDED)
            return
        with self.office.store.reading() as reading:
            item = reading.get(ReceiptItem, uid) if kind == ReceiptItem.KIND else None
        if item is not None:
            self.towns.select(item.addressee)
            self.panes.show_right()

    def give(self) -> None:
        """写回执 for all that are due."""
        self._give((), again=False)

    def give_again(self) -> None:
        """再写一份 for the chosen township: the stick was lost."""
        code = self.towns.current_key()
        if code:
            self._give((code,), again=True)

    def write_profile(self) -> None:
        """写证书清单和规则."""
        at_hand = self.root.at_hand()
        if at_hand is None:
            self.work.say("请先选根密钥文件。", good=False)
            return
        told = self._ask_folder(self, "证书清单和规则写到哪里（可以直接选U盘）")
        if not told:
            return
        office = self.office

        def done(made: SignedFile) -> None:
            self.root.forget()
            self.work.say(
                f"✓ 已写好 {made.path.name}，请发给各乡镇接收。核对码 {made.spoken_code}", good=True
            )

        self.work.start(
            lambda: write_profile(
                office, to=Path(told), root_file=at_hand.file, passphrase=at_hand.passphrase
            ),
            "正在写证书清单和规则",
            done,
        )

    def said(self) -> str:
        """What is said of the last writing."""
        return self._outcome.text()

    def _give(self, codes: Sequence[str], *, again: bool) -> None:
        if self._busy:
            return
        told = self._ask_folder(self, "回执写到哪里（可以直接选U盘）")
        if not told:
            return
        office, folder = self.office, Path(told)

        def work(_progress: Progress, _cancel: Cancel) -> tuple[Receipt, ...]:
            return give_receipts(office, to=folder, codes=codes, again=again)

        def done(written: tuple[Receipt, ...]) -> None:
            self._end()
            office.store.set_setting(_FOLDER, str(folder))
            names = "、".join(each.name for each in written[:3]) + ("等" if len(written) > 3 else "")
            words = (
                f"✓ 已给{names}写好{len(written)}份回执，读回核对无误：{folder}"
                if written
                else "没有新的内容。"
            )
            self._outcome.setText(words)
            self._outcome.setVisible(True)
            self.open_folder.setVisible(bool(written))
            self.desk.saved()
            self.desk.hub.tell([ReceiptItem.KIND])
            self.desk.tell(f"已写好{len(written)}份回执，可以拔出U盘交给乡镇。")

        self._busy = True
        self.head_changed.emit()
        self.desk.jobs.start(work, title="正在写回执", done=done, failed=self._failed, owner=self)

    def _failed(self, wrong: Exception) -> None:
        self._end()
        self.desk.hub.tell([ReceiptItem.KIND])
        safe = "已接收的内容都在，可以再写一次。"
        if isinstance(wrong, SendingFailed | StoreProblem):
            self.desk.problem(Problem(what=wrong.message, safe=safe, code=wrong.code))
        elif isinstance(wrong, OSError):
            what = f"回执没有写成：{why_not(wrong)}。"
            self.desk.problem(Problem(what=what, safe=safe, now="请检查U盘后再写。", code="U720"))
        else:
            raise wrong

    def _end(self) -> None:
        self._busy = False
        self.head_changed.emit()

    def _show(self, found: tuple[Standing, ...], root: RootState) -> None:
        self._source = TownSource(found)
        self.root.show_state(root)
        chosen = self.towns.current_key()
        self.towns.set_source(self._source)
        keys = self._source.keys("", False, "")
        self.towns.select(chosen if chosen in keys else keys[0] if keys else "")
        self._picked(self.towns.current_key())
        self.head_changed.emit()

    def _picked(self, code: str) -> None:
        standing = self._source.standing(code)
        self._card.set_heading(standing.due.name if standing else "回执明细")
        self._last.setText(_last_words(standing))
        self.again.setVisible(standing is not None and standing.due.last > 0)
        self.items.set_source(SaidSource(standing.said if standing else (), f"{code}-"))

    def _opened(self, _code: str) -> None:
        self.panes.show_right()

    def _left(self) -> QWidget:
        card = Card()
        card.body.setContentsMargins(px(12), px(8), px(12), px(8))
        card.add(self.towns, 1)
        card.add(self._outcome)
        card.add(beside(self.open_folder))
        self._outcome.hide()
        self.open_folder.hide()
        return card

    def _right(self) -> QWidget:
        self._card, self._last = Card("回执明细"), label("", "soft", wrap=True)
        self.again = button(
            "再写一份…", act=self.give_again, hint="U盘丢了、文件坏了，用下一个回执号再写一份"
        )
        self._card.add_tool(self.again)
        self.items = RecordList(
            SaidSource(), name="回执里写的", with_filter=False, framed=False, unit="期",
            empty=EmptyWords("还没有写过", "写回执以后，每一份报送件的结论列在这里。"),
        )  # fmt: skip
        self.items.setMinimumHeight(px(150))
        self._card.add(self._last)
        self._card.add(self.items, 1)
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        box.addWidget(self._card, 1)
        box.addWidget(self.profile)
        return holder

    def _open_folder(self) -> None:
        with self.office.store.reading() as reading:
            told = reading.setting(_FOLDER)
        if isinstance(told, str):
            self._show_folder(Path(told))


def _town(standing: Standing) -> Sequence[str]:
    due = standing.due
    now = (f"待写回执（{due.unsaid}份）" if due.unsaid else "待写回执") if due.fresh else "✓ 没有新内容"
    given = standing.given[0] if standing.given else None
    last = f"第{due.last}号" if due.last else "—"
    return (due.name, now, f"{last}　{show_day_numeric(given.day)}" if given else last)


def _show(folder: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _last_words(standing: Standing | None) -> str:
    """The latest receipt of one township; one written elsewhere is known by its number alone."""
    if standing is None:
        return ""
    if standing.given:
        given = standing.given[0]
        return f"第{given.number}号回执，{show_day(given.day)}写在 {given.path}\n核对码 {given.spoken_code}"
    return f"上次是第{standing.due.last}号回执。" if standing.due.last else "还没有给过回执。"
