"""续发与遗失: certificates that end soon issued anew, and a lost computer step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.county.certificates.register import Registered, registered
from lianxin.county.certificates.root_key import root_state
from lianxin.county.enrolment.enrolling import Revoked
from lianxin.county.enrolment.renewing import renew, soon_over_now
from lianxin.county.papers import COUNTY_PAPERS
from lianxin.domain.dates import show_day, show_day_numeric
from lianxin.domain.records import Enrolment, HandedDown, HandedTo
from lianxin.office.desk import Desk as Office
from lianxin.office.papers.catalogue import make_paper
from lianxin.ui.asking.files import ask_folder
from lianxin.ui.county.keys.key_work import KeyWork
from lianxin.ui.county.keys.revoking import Confirm, Revoking, ask_yes
from lianxin.ui.county.keys.root_box import AskFile, RootBox, ask_file
from lianxin.ui.facts import FactSheet
from lianxin.ui.pages import Desk
from lianxin.ui.pieces import Card, QuietCombo, button, label
from lianxin.ui.printing import paper_folder, print_beside
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.settings.lines import beside
from lianxin.ui.table import Column
from lianxin.ui.theme import px

RENEW = "续发不用乡镇再申请：新证书随下一次回执发下去，乡镇接收回执就换上，旧的用到期满。"
LOST = (
    "1. 在下面选是哪一台。2. 看清作废的是什么，插上根密钥U盘，作废。3. 打印处理单，照着打电话告诉乡镇要做什么。"
    "4. 乡镇“换新密钥申请”送来，在“登记乡镇”里签发新的。"
)
_ACTIVE = ("有效", "快到期")


class SoonSource:
    """A ListSource over certificates that end soon."""

    def __init__(self, found: Sequence[Enrolment] = (), today: date | None = None) -> None:
        self._found, self._today = {each.serial: each for each in found}, today

    @property
    def columns(self) -> Sequence[Column]:
        """Office, computer, until when."""
        return (
            Column("name", "单位", width=150, stretch=True, sortable=False),
            Column("device", "电脑", width=120, sortable=False, drop=1),
            Column("until", "有效期至", width=110, sortable=False),
            Column("left", "还有", width=110, sortable=False, look="badge"),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The first to end in front."""
        return list(self._found)

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these certificates."""
        return [self._cells(self._found[key]) for key in keys]

    def townships(self) -> tuple[str, ...]:
        """Serials of those that are renewed by hand; the county's own renews itself."""
        return tuple(serial for serial, each in self._found.items() if each.role == "desk")

    def _cells(self, each: Enrolment) -> Sequence[str]:
        left = (each.until - self._today).days if self._today is not None else 0
        own = "（县人大签名，用根密钥时自动续）" if each.role == "county" else ""
        return (
            f"{each.place or each.name}{own}",
            each.device or "",
            show_day_numeric(each.until),
            f"快到期 {left}天",
        )


class KeysSection(QWidget):
    """`folder_asked`, `file_asked` and `agreed` stand for the dialogs."""

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
        self._ask_folder, self._agreed = folder_asked, agreed
        self._soon, self._known = SoonSource(), dict[str, Registered]()
        self.root = RootBox(file_asked=file_asked)
        self.work = KeyWork(window, self)
        self.lost_work = KeyWork(window, self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        key = Card("根密钥")
        key.add(self.root)
        self._key_card = key
        for card in (key, self._soon_card(), self._lost_card()):
            box.addWidget(card)
        box.addStretch(1)

    def refresh(self) -> None:
        """Read the register and where the root is."""
        state = root_state(self._office)
        self.root.show_state(state)
        self._key_card.setVisible(not state.here)
        self._soon = SoonSource(soon_over_now(self._office), self._office.today())
        self.list.set_source(self._soon)
        count = len(self._soon.townships())
        self.renew_button.setEnabled(count > 0)
        self.renew_button.setText(f"续发这{count}张" if count else "续发")
        found = [each for each in registered(self._office) if each.record.role == "desk"]
        self._known = {each.record.serial: each for each in found}
        chosen = self.which.value()
        self.which.blockSignals(True)
        self.which.clear()
        self.which.addItem("（选一台）", "")
        for serial, each in self._known.items():
            state_words = "" if each.state in _ACTIVE else f"　{each.state}"
            words = f"{each.record.place or each.record.name}　{each.record.device or each.short_number}{state_words}"
            self.which.addItem(words, serial)
        self.which.blockSignals(False)
        self.which.set_value(chosen)
        self._picked()

    def renew_all(self) -> None:
        """续发 every certificate of the list."""
        at_hand, office, serials = self.root.at_hand(), self._office, self._soon.townships()
        if at_hand is None:
            self.work.say("续发要用根密钥，请先在上面选根密钥文件。", good=False)
            return

        def done(found: tuple[Enrolment, ...]) -> None:
            self.root.forget()
            names = "、".join(dict.fromkeys(each.place or each.name for each in found))
            self.work.say(f"✓ 已给{names}续发{len(found)}张证书，请写回执发下去。", good=True)
            self._done()

        self.work.start(
            lambda: renew(office, serials=serials, root_file=at_hand.file, passphrase=at_hand.passphrase),
            "正在续发证书",
            done,
        )

    def revoke_lost(self) -> None:
        """作废 the chosen computer's certificate."""
        chosen = self._known.get(self.which.value())
        if chosen is None:
            return
        what = f"{chosen.record.name}（{chosen.record.device or chosen.short_number}）的证书"

        def done(made: Revoked) -> None:
            self.lost_work.say(
                f"✓ 已作废{what}。作废名单随下一次回执发到各乡镇，急的先发 {made.file.path.name}。"
                "下一步：打印处理单，照着打电话。",
                good=True,
            )
            self._done()

        asked = Revoking(self._office, self, self.root, self.lost_work, self._ask_folder, self._agreed)
        asked.start(chosen.record.serial, what, done)

    def print_lost(self) -> None:
        """打印处理单, filled for the chosen computer or blank."""
        office, chosen = self._office, self._known.get(self.which.value())
        uid = chosen.record.uid if chosen is not None else None
        print_beside(
            self._window, "正在生成处理单",
            lambda: ("电脑遗失处理单.docx", make_paper(office, "lost-computer", uid=uid, also=COUNTY_PAPERS)),
            paper_folder(), owner=self, personal=False,
        )  # fmt: skip

    def _soon_card(self) -> Card:
        card = Card("快到期的证书", note="半年以内到期的")
        self.list = RecordList(
            self._soon, name="快到期的证书", unit="张", framed=False, with_filter=False,
            empty=EmptyWords("没有快到期的证书", "证书三年有效，到期前半年列在这里。"),
        )  # fmt: skip
        self.list.setMinimumHeight(px(150))
        self.renew_button = button("续发", act=self.renew_all)
        card.add(self.list, 1)
        card.add(label(RENEW, "soft", wrap=True))
        card.add(beside(self.renew_button, QWidget()))
        card.add(self.work.words)
        return card

    def _lost_card(self) -> Card:
        card = Card("电脑丢了、密钥可能泄露")
        self.which = QuietCombo("哪一台电脑")
        self.which.setMinimumWidth(px(320))
        self.which.currentIndexChanged.connect(self._picked)
        self.facts = FactSheet()
        self.revoke_button = button("作废这台电脑…", act=self.revoke_lost)
        self.paper_button = button(
            "打印处理单", act=self.print_lost, needs="look", hint="没有选电脑时打印空白的"
        )
        for part in (
            label(LOST, "soft", wrap=True), beside(self.which, QWidget()), self.facts,
            beside(self.revoke_button, self.paper_button, QWidget()), self.lost_work.words,
        ):  # fmt: skip
            card.add(part)
        return card

    def _picked(self) -> None:
        chosen = self._known.get(self.which.value())
        self.revoke_button.setEnabled(chosen is not None and chosen.state in _ACTIVE)
        if chosen is None:
            self.facts.set_facts(())
            return
        record = chosen.record
        others = [
            each.record.device or each.short_number
            for each in self._known.values()
            if each.record.code == record.code
            and each.record.key_id != record.key_id
            and each.state in _ACTIVE
        ]
        self.facts.set_facts(
            [
                (
                    "作废的是",
                    f"{record.name}　{record.device or ''}　证书 {chosen.short_number}（{chosen.state}）",
                ),
                ("签发", f"{show_day(record.issued)}，有效期至{show_day(record.until)}"),
                ("这个单位还能用的", "、".join(others) or "没有，乡镇重新登记以前不能报送"),
            ]
        )

    def _done(self) -> None:
        self._window.saved()
        self._window.hub.tell([Enrolment.KIND, HandedDown.KIND, HandedTo.KIND])
        self.refresh()
