"""县人大登记: request, answer, the root's code compared, and the certificate's days; handing over to another computer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from lianxin.domain.dates import show_day
from lianxin.office.desk import Desk as Office
from lianxin.office.enrolment.asked import Standing, ask_enrolment, standing, take_answer
from lianxin.office.enrolment.enrolling import Accepted, confirm_root
from lianxin.office.enrolment.files import SignedFile
from lianxin.office.trust.county_link import CountyLink
from lianxin.office.trust.trusting import UNCONFIRMED
from lianxin.ui.asking.files import ask_folder, ask_open
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.badge import Badge
from lianxin.ui.pieces.buttons import button, label, set_look
from lianxin.ui.pieces.card import Card
from lianxin.ui.settings.county_link_handover import HandoverCard
from lianxin.ui.settings.county_link_refusals import REFUSALS, told
from lianxin.ui.settings.lines import beside
from lianxin.ui.theme import px

T = TypeVar("T")
NOT_YET = (
    "还没有登记。登记以后可以加密报送（只有县人大能打开），也能收到县人大签名的回执；不登记也能普通报送。\n"
    "办法：先生成登记申请，把文件交给县人大，电话里念20位核对码；县里发回登记答复，再在这里接收。"
)
READ_OUT = "请把这个文件交给县人大，并在电话里念核对码："
COMPARE = (
    "请打电话问县人大，把电话里听到的20位输入下面核对。没有核对也能报送，页面和报送函上会写“根证书未核对”。"
)
FURTHER = "本单位另一台电脑也要报送的，在那台电脑上同样生成登记申请，由县人大另发一份答复。"
LOST = "电脑丢了、密钥可能泄露了：马上打电话请县人大作废，再用“换新密钥申请”重新登记。"


class CountyLinkSection(QWidget):
    """`choose_folder` and `choose_file` stand for the dialogs."""

    def __init__(
        self,
        window: Desk,
        office: Office,
        *,
        choose_folder: Callable[[QWidget, str], str] | None = None,
        choose_file: Callable[[QWidget, str], str] | None = None,
        show_folder: Callable[[Path], bool] | None = None,
    ) -> None:
        super().__init__()
        self._window, self._office = window, office
        self._choose_folder = choose_folder or ask_folder
        self._choose_file = choose_file or _ask_file
        self._show_folder = show_folder or _open_folder
        self._standing: Standing | None = None
        self.setAcceptDrops(True)
        self.state, self.outcome = label("", wrap=True), label("", "soft", wrap=True)
        self.request = button("生成登记申请…", act=self.ask)
        self.new_key = button("换新密钥申请…", act=self.ask_with_new_key, hint=LOST)
        self.answer = button("接收登记答复…", act=self.choose_answer, hint="也可以把文件拖到这里")
        self._asked, self.code = label("", "soft", wrap=True), label("", "number")
        self._asked.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._folder = button("打开文件夹", "link", act=self._open_asked)
        self._lost = label(f"{FURTHER}\n{LOST}", "soft", wrap=True)
        link = Card("县人大登记")
        for part in (
            self.state,
            self._asked,
            self.code,
            beside(self.request, self.answer, self.new_key, self._folder, QWidget()),
        ):
            link.add(part)
        link.add(self.outcome)
        link.add(self._lost)
        self._root = self._root_card()
        self.handover = HandoverCard(window, office, choose_folder=self._choose_folder)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        for card in (link, self._root, self.handover):
            box.addWidget(card)
        box.addStretch(1)
        self.outcome.hide()

    def refresh(self) -> None:
        """Show how the desk stands with its county now."""
        found = self._standing = standing(self._office)
        link, asked = found.link, found.asked
        words, look = _state_words(link)
        self.state.setText(words)
        set_look(self.state, look)
        self._asked.setVisible(asked is not None)
        self.code.setVisible(asked is not None)
        self._folder.setVisible(asked is not None)
        if asked is not None:
            self._asked.setText(f"登记申请（{show_day(asked.day)}）：{asked.path}\n{READ_OUT}")
            self.code.setText(asked.spoken_code)
            self.code.setAccessibleName(f"登记申请核对码 {asked.spoken_code}")
        self.request.setText("生成登记申请…" if link is None else "续期：重新生成登记申请…")
        self.new_key.setVisible(link is not None)
        self._lost.setText(f"{FURTHER}\n{LOST}" if link is not None else FURTHER)
        self._root.setVisible(link is not None)
        if link is not None:
            self.root_code.setText(link.root_code)
            self._badge.set_words("" if link.confirmed else UNCONFIRMED, "soon")
            self._compare.setText("✓ 已和县人大核对过。" if link.confirmed else COMPARE)
            set_look(self._compare, "good" if link.confirmed else "plain")
            self._typing.setVisible(not link.confirmed)
        self.handover.refresh(found)

    def ask(self) -> None:
        """生成登记申请, or again near the end of the certificate."""
        self._ask(new_key=False)

    def ask_with_new_key(self) -> None:
        """For a key that was lost or leaked."""
        self._ask(new_key=True)

    def choose_answer(self) -> None:
        """接收登记答复."""
        name = self._choose_file(self, "选择登记答复")
        if name:
            self.take(Path(name))

    def take(self, file: Path) -> None:
        """Take an answer in; a code typed below is held against it."""
        typed = self.typed.text().strip() or None
        office = self._office

        def work(_progress: Progress, _cancel: Cancel) -> Accepted:
            return take_answer(office, file=file, root_code=typed)

        def done(accepted: Accepted) -> None:
            self.typed.clear()
            what = "登记答复" if accepted.certified else "证书清单和规则"
            next_act = "" if accepted.held.confirmed else "下一步：打电话核对下面的根证书核对码。"
            self._done(
                f"✓ 已接收{accepted.held.county_name}的{what}。{next_act}{_other_rules(office, accepted)}"
            )
            self._window.hub.tell({"office"})

        self._start(work, "正在接收登记答复", done)

    def confirm(self) -> None:
        """Compare what was heard over the telephone."""
        try:
            confirm_root(self._office, self.typed.text())
        except REFUSALS as refused:
            self._say(told(refused), "problem")
            return
        self.typed.clear()
        self._done("✓ 根证书已核对。")
        self._window.hub.tell({"office"})

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        found = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if found:
            event.acceptProposedAction()
            self.take(Path(found[0]))

    def _root_card(self) -> Card:
        card = Card("根证书核对码")
        self._badge = Badge(parent=card)
        card.add_tool(self._badge)
        self.root_code, self._compare = label("", "number"), label("", wrap=True)
        self.root_code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.typed = QLineEdit()
        self.typed.setPlaceholderText("电话里听到的20位，空格不用打")
        self.typed.setAccessibleName("电话里听到的根证书核对码")
        self.typed.setFixedWidth(px(300))
        self.typed.returnPressed.connect(self.confirm)
        self.compare_button = button("核对", act=self.confirm)
        self._typing = beside(self.typed, self.compare_button, QWidget())
        for part in (self.root_code, self._compare, self._typing):
            card.add(part)
        return card

    def _ask(self, *, new_key: bool) -> None:
        folder = self._choose_folder(self, "登记申请写到哪里（可以直接选U盘）")
        if not folder:
            return
        office = self._office

        def work(_progress: Progress, _cancel: Cancel) -> SignedFile:
            return ask_enrolment(office, to=Path(folder), new_key=new_key)

        def done(written: SignedFile) -> None:
            self._done(f"✓ 已生成登记申请：{written.path.name}")

        self._start(work, "正在生成登记申请", done)

    def _start(self, work: Callable[[Progress, Cancel], T], title: str, done: Callable[[T], None]) -> None:
        self._set_busy(True)

        def came(result: T) -> None:
            self._set_busy(False)
            done(result)

        def failed(wrong: Exception) -> None:
            self._set_busy(False)
            if not isinstance(wrong, REFUSALS):
                raise wrong
            self._say(told(wrong), "problem")

        self._window.jobs.start(work, title=title, done=came, failed=failed, owner=self)

    def _set_busy(self, busy: bool) -> None:
        for made in (self.request, self.new_key, self.answer):
            made.setEnabled(not busy)

    def _done(self, words: str) -> None:
        self._say(words, "good")
        self._window.saved()
        self.refresh()

    def _say(self, words: str, look: str) -> None:
        self.outcome.setText(words)
        set_look(self.outcome, look)
        self.outcome.show()

    def _open_asked(self) -> None:
        if self._standing is not None and self._standing.asked is not None:
            self._show_folder(self._standing.asked.path.parent)


def _state_words(link: CountyLink | None) -> tuple[str, str]:
    if link is None:
        return NOT_YET, "plain"
    days = f"本机的证书{show_day(link.since)}至{show_day(link.until)}有效"
    enrolled = f"已在{link.county_name}登记，{days}"
    if link.revoked:
        return f"{enrolled}，但县人大已经作废它，再报送会被拒收。请用“换新密钥申请”重新登记。", "problem"
    if link.over:
        return f"{enrolled}，已经到期，再报送会被拒收。请重新生成登记申请。", "problem"
    if link.soon_over:
        return f"{enrolled}，快到期了，请现在就重新生成登记申请。", "late"
    return f"✓ {enrolled}。", "good"


def _other_rules(office: Office, accepted: Accepted) -> str:
    rules = accepted.held.rule_profile
    if rules is None or rules.key == office.profile.key:
        return ""
    return f"县人大用的规则库是“{rules.name}”，要一致请在“规则库”里改。"


def _ask_file(parent: QWidget, title: str) -> str:
    return ask_open(parent, title, "登记答复 (*.zip)")


def _open_folder(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
