"""登记乡镇: a request dropped, its code compared by telephone, the certificate issued; who is registered, revoked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from lianxin.county.certificates.register import Registered, registered
from lianxin.county.certificates.root_key import root_state
from lianxin.county.enrolment.enrolling import (
    Issued,
    Request,
    Revoked,
    former_of,
    issue_certificate,
    request_in,
)
from lianxin.domain.dates import show_day, show_day_numeric
from lianxin.domain.records import Enrolment, HandedDown, HandedTo
from lianxin.office.desk import Desk as Office
from lianxin.ui.asking.files import ask_folder
from lianxin.ui.county.keys.key_work import KeyWork
from lianxin.ui.county.keys.restore_notice import RestoreNotice
from lianxin.ui.county.keys.revoking import Confirm, Revoking, ask_yes
from lianxin.ui.county.keys.root_box import AskFile, RootBox, ask_file
from lianxin.ui.facts import FactSheet
from lianxin.ui.pages import Desk
from lianxin.ui.pieces import Card, button, label
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.sending.receipt_card import dropped_paths
from lianxin.ui.settings.county_link_refusals import REFUSALS, told
from lianxin.ui.settings.lines import beside
from lianxin.ui.table import Column
from lianxin.ui.theme import px

HOW = "把乡镇的登记申请文件拖到这里，或按按钮选出。打电话请对方念核对码，和屏幕上一样才签发。"
COMPARE = "打电话给这个单位，请对方念20位核对码。和上面完全一样才签发；不一样就不要签发，请对方重新生成。"
AGAIN = "补发：请乡镇把登记申请再送来签发一次，得到的是同一张证书。换电脑、密钥泄露：先作废，再让乡镇“换新密钥申请”。"
_FILTER = "登记申请 (*.zip);;所有文件 (*)"


class RegisterSource:
    """A ListSource over the certificates that were issued."""

    def __init__(self, found: Sequence[Registered] = ()) -> None:
        self._found = {each.record.serial: each for each in found}

    @property
    def columns(self) -> Sequence[Column]:
        """Office, computer, certificate, how long, state."""
        return (
            Column("name", "单位", stretch=True, sortable=False),
            Column("device", "电脑", width=120, sortable=False),
            Column("number", "证书", width=96, sortable=False, look="soft", drop=2),
            Column("issued", "签发", width=104, sortable=False, drop=1),
            Column("until", "有效期至", width=104, sortable=False),
            Column("state", "状态", width=160, sortable=False, look="badge"),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """By office, the latest first."""
        return [key for key, each in self._found.items() if not words or words in " ".join(_cells(each))]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these certificates."""
        return [_cells(self._found[key]) for key in keys]

    def registered(self, key: str) -> Registered | None:
        """One certificate."""
        return self._found.get(key)


class RegisterSection(QWidget):
    """`request_changed` when another request is on the table. `folder_asked`, `file_asked` and `agreed` stand for the dialogs."""

    request_changed = Signal()

    def __init__(
        self,
        window: Desk,
        office: Office,
        *,
        folder_asked: Callable[[QWidget, str], str] = ask_folder,
        file_asked: AskFile = ask_file,
        agreed: Confirm = ask_yes,
    ) -> None:
        super().__init__()
        self._window, self._office = window, office
        self._ask_folder, self._ask_file, self._agreed = folder_asked, file_asked, agreed
        self._file: Path | None = None
        self.request: Request | None = None
        self.setAcceptDrops(True)
        self._source = RegisterSource()
        self.notice = RestoreNotice(window, office, confirmed=self.refresh)
        self._asking = Card("登记申请")
        self.work = KeyWork(window, self)
        self.choose = button("选择登记申请…", act=self.choose_request)
        self.code = label("", "number")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._how, self._compare = label(HOW, "soft", wrap=True), label(COMPARE, wrap=True)
        self.facts = FactSheet()
        self.root = RootBox(file_asked=file_asked)
        self.issue = button("核对一致，签发…", act=self.issue_now)
        self.instead = QCheckBox("同时作废这台电脑原来的证书（换了经办人的要作废）")
        self._asking.add_tool(self.choose)
        for part in (
            self._how, self.facts, self.code, self._compare, self.instead, self.root, beside(self.issue),
            self.work.words,
        ):  # fmt: skip
            self._asking.add(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        box.addWidget(self.notice)
        box.addWidget(self._asking)
        box.addWidget(self._list_card(), 1)
        self._show_request(None)

    def refresh(self) -> None:
        """Read the register and where the root is."""
        self.notice.refresh()
        chosen = self.list.current_key()
        self._source = RegisterSource(registered(self._office))
        self.list.set_source(self._source)
        self.list.select(chosen)
        self._picked(self.list.current_key())
        self.root.show_state(root_state(self._office))
        self._root_asked()

    def choose_request(self) -> None:
        """Choose a request."""
        told_file = self._ask_file(self, "选择登记申请", _FILTER)
        if told_file:
            self.read(Path(told_file))

    def read(self, file: Path) -> None:
        """Read a request; nothing is issued yet."""
        try:
            request = request_in(self._office, file)
        except REFUSALS as refused:
            self._show_request(None)
            self.work.say(told(refused), good=False)
            return
        self._file = file
        self.work.say("", good=None)
        self._show_request(request)
        self.issue.setFocus()

    def issue_now(self) -> None:
        """核对一致，签发."""
        file, at_hand = self._file, self.root.at_hand()
        if self.request is None or file is None:
            return
        if at_hand is None:
            self.work.say("请先选根密钥文件。", good=False)
            return
        folder = self._ask_folder(self, "登记答复写到哪里（可以直接选U盘）")
        if not folder:
            return
        office, instead = self._office, self.instead.isChecked()

        def done(issued: Issued) -> None:
            self.root.forget()
            self._show_request(None)
            self.work.say(_issued_words(issued), good=True)
            self._done()

        self.work.start(
            lambda: issue_certificate(
                office,
                file=file,
                to=Path(folder),
                root_file=at_hand.file,
                passphrase=at_hand.passphrase,
                instead=instead,
            ),
            "正在签发",
            done,
        )

    def revoke_one(self) -> None:
        """作废这台电脑的证书: the computer is lost, or somebody else has it."""
        chosen = self._source.registered(self.list.current_key())
        if chosen is not None:
            device = f"（{chosen.record.device}）" if chosen.record.device else ""
            self._revoke(chosen.record.serial, f"{chosen.record.name}{device}的证书")

    def revoke_office(self) -> None:
        """作废这个单位的全部证书."""
        chosen = self._source.registered(self.list.current_key())
        if chosen is not None:
            self._revoke(chosen.record.code, f"{chosen.record.name}的全部证书")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.read(paths[0])

    def _revoke(self, code: str, what: str) -> None:
        def done(made: Revoked) -> None:
            renewed = "县人大已换用新的签名密钥。" if made.renewed else ""
            self.work.say(
                f"✓ 已作废{what}。{renewed}请把 {made.file.path.name} 发给各乡镇接收；"
                "对方“换新密钥申请”以后可以重新签发。",
                good=True,
            )
            self._done()

        Revoking(self._office, self, self.root, self.work, self._ask_folder, self._agreed).start(
            code, what, done
        )

    def _done(self) -> None:
        self._window.saved()
        self._window.hub.tell([Enrolment.KIND, HandedDown.KIND, HandedTo.KIND])
        self.refresh()

    def _show_request(self, request: Request | None) -> None:
        self.request = request
        self.request_changed.emit()
        self._how.setVisible(request is None)
        for part in (self.facts, self.code, self._compare, self.issue):
            part.setVisible(request is not None)
        self._root_asked()
        self._offer_instead(former_of(self._office, request) if request is not None else ())
        if request is None:
            return
        asked = request.applicant
        here = [
            each
            for each in registered(self._office)
            if each.record.code == asked.code and each.state in ("有效", "快到期")
        ]
        others = "、".join(each.record.device or each.short_number for each in here)
        self.facts.set_facts(
            [
                ("单位", f"{asked.name}（{asked.code}）"),
                ("电脑", asked.device or "（没有写）"),
                (
                    "已登记",
                    f"{others}。这是另一台电脑或再次申请，电话里一并问清。"
                    if others
                    else "还没有，这是第一台",
                ),
            ]
        )
        self.code.setText(request.spoken_code)
        self.code.setAccessibleName(f"申请核对码 {request.spoken_code}")

    def _offer_instead(self, former: Sequence[Enrolment]) -> None:
        """This computer asks with a new key: usually somebody else works there now, and the old key goes."""
        self.instead.setVisible(bool(former))
        self.instead.setChecked(bool(former))
        if former:
            since = show_day_numeric(former[-1].issued)
            self.instead.setText(
                f"同时作废这台电脑原来的证书（{since}签发；换了经办人、密钥可能泄露的都要作废）"
            )

    def _root_asked(self) -> None:
        """The root is asked for only where it is needed."""
        if self.request is None and not self.root.isHidden():
            self.root.hide()
        elif self.request is not None:
            self.root.show_state(root_state(self._office))

    def _list_card(self) -> Card:
        card = Card("已登记的单位和电脑")
        self.list = RecordList(
            self._source, name="已登记的单位", unit="张证书", framed=False,
            empty=EmptyWords("还没有登记的乡镇", "乡镇生成登记申请送来，核对以后签发，就列在这里。"),
        )  # fmt: skip
        self.list.setMinimumHeight(px(170))
        self.list.picked.connect(self._picked)
        self.lost = button("作废这台电脑…", act=self.revoke_one, hint="电脑遗失、密钥可能泄露时用")
        self.whole = button("作废这个单位…", act=self.revoke_office)
        card.add(self.list, 1)
        card.add(label(AGAIN, "soft", wrap=True))
        card.add(beside(self.lost, self.whole, QWidget()))
        return card

    def _picked(self, key: str) -> None:
        chosen = self._source.registered(key)
        active = chosen is not None and not chosen.record.revoked_at
        self.lost.setEnabled(active)
        self.whole.setEnabled(active)


def _issued_words(issued: Issued) -> str:
    known = "这台电脑已经登记过，答复里是同一张证书。" if issued.again else "已签发并登记。"
    further = (
        f"注意：该单位另有{issued.further}台电脑登记在用；不是他们申请的就立即作废。"
        if issued.further
        else ""
    )
    gone = "原来的证书已作废，名单随这份答复和各乡镇下一次回执下发。" if issued.replaced else ""
    return (
        f"✓ {issued.record.name}：{known}{gone}{further}\n登记答复：{issued.file.path}，请交给乡镇接收。\n"
        f"请在电话里告诉乡镇根证书核对码：{issued.root_code}（有效期至{show_day(issued.record.until)}）"
    )


def _cells(found: Registered) -> Sequence[str]:
    record = found.record
    own = "（县人大签名）" if record.role == "county" else ""
    return (
        f"{record.name}{own}", record.device or "", found.short_number, show_day_numeric(record.issued),
        show_day_numeric(record.until), found.state,
    )  # fmt: skip
