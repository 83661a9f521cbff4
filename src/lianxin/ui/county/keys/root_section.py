"""根密钥: where it is, exported to two sticks with the procedure in words; and 重建 from kept files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lianxin.county.certificates.root_key import Exported, RootState, check_copy, export_root, root_state
from lianxin.county.papers import COUNTY_PAPERS
from lianxin.county.received.rebuilding import RebuiltTold, rebuild_told
from lianxin.domain.dictionary import kinds
from lianxin.office.desk import Desk as Office
from lianxin.office.papers.catalogue import make_paper
from lianxin.store.errors import StoreProblem
from lianxin.ui.asking.files import ask_folder
from lianxin.ui.asking.questions import Questions, hidden, passphrase_problems
from lianxin.ui.county.keys.key_work import KeyWork
from lianxin.ui.county.keys.restore_notice import RestoreNotice
from lianxin.ui.county.keys.root_box import AskFile, RootBox, ask_file
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk
from lianxin.ui.pieces import Badge, Card, button, label, set_look
from lianxin.ui.printing import paper_folder, print_beside
from lianxin.ui.settings.lines import beside
from lianxin.ui.theme import px

PROCEDURE = (
    "1. 准备两个新U盘和一个信封。\n"
    "2. 在下面设根密钥的口令（不要和开机口令一样），写在纸上装进信封封好。\n"
    "3. 插上第一个U盘，按“导出到U盘”，写好会读回打开一次。\n"
    "4. 换第二个U盘，用同一个口令再导出一份；两份都打开过，本机才删去根密钥。\n"
    "5. 打印保管说明，两个U盘由两个人分开保管，信封由第三个人保管；交接时两人在场，记下日期。\n"
    "6. 以后签发、作废时插上其中一个U盘；接收报送和写回执不用根密钥。每半年插上各核对一次。"
)
REBUILD = (
    "收下的报送件都加密留存在本机。数据和留存件对不上、检查数据发现问题时，用它们把乡镇的数据重新做一遍；"
    "县里自己登记的内容不动。数据多的时候要几分钟，做的时候不要关机；没有做完等于没有做。"
)


class RootSection(QWidget):
    """`folder_asked` and `file_asked` stand for the dialogs."""

    def __init__(
        self,
        window: Desk,
        office: Office,
        *,
        folder_asked: Callable[[QWidget, str], str] = ask_folder,
        file_asked: AskFile = ask_file,
    ) -> None:
        super().__init__()
        self._window, self._office, self._ask_folder = window, office, folder_asked
        self._state: RootState | None = None
        self.notice = RestoreNotice(window, office, confirmed=self.refresh)
        self.badge = Badge()
        where = Card("根密钥现在在哪里")
        where.add_tool(self.badge)
        self.words, self.code = label("", wrap=True), label("", "number")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        where.add(self.words)
        where.add(label("根证书核对码（乡镇打电话来核对时念这个）", "soft"))
        self.checked = label("", "soft", wrap=True)
        self.paper = button("打印保管说明", act=self.print_paper, needs="look")
        where.add(self.code)
        where.add(self.checked)
        where.add(beside(self.paper, QWidget()))
        self._export = Card("导出到U盘，一式两份")
        self.work = KeyWork(window, self)
        self._procedure = label(PROCEDURE, "soft", wrap=True)
        self.questions = Questions(
            [hidden("passphrase", "根密钥的口令", hint="至少6个字符"), hidden("again", "再输一次")]
        )
        self.questions.finished.connect(self.export)
        self.root = RootBox(file_asked=file_asked)
        self.export_button = button("导出到U盘…", act=self.export)
        self.check_button = button(
            "打开核对", act=self.check, hint="上面选的这一份还打得开，就是本县的根密钥"
        )
        for part in (
            self._procedure, self.questions, self.root, beside(self.export_button, self.check_button, QWidget()),
            self.work.words,
        ):  # fmt: skip
            self._export.add(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        box.addWidget(self.notice)
        box.addWidget(where)
        box.addWidget(self._export)
        box.addStretch(1)

    def refresh(self) -> None:
        """Say where the root is now."""
        self.notice.refresh()
        state = self._state = root_state(self._office)
        self.words.setText(state.words)
        set_look(self.words, "late" if state.here else "plain")
        first = state.here and not state.copies
        self.badge.set_words("已分开保管" if state.safe else "待导出" if first else "待导出第二份")
        self.code.setText(state.root_code)
        self.checked.setText(f"上次打开核对：{state.checked_on}" if state.checked_on else "")
        self.checked.setVisible(bool(state.checked_on))
        self.questions.setVisible(state.here)
        self.check_button.setVisible(not state.here)
        self.root.show_state(state)
        self.export_button.setText("导出到U盘…" if first else "再导出一份到另一个U盘…")

    def export(self) -> None:
        """导出到U盘, the first copy or another one."""
        state, at_hand = self._state, self.root.at_hand()
        if state is None:
            return
        words = self.questions.row("passphrase").editor.text()
        if state.here:
            again = self.questions.row("again").editor.text()
            if not self.questions.show_problems(passphrase_problems(words, again)):
                return
        elif at_hand is None:
            self.work.say("请先选第一份根密钥文件，输入它的口令。", good=False)
            return
        folder = self._ask_folder(self, "选择存根密钥的U盘")
        if not folder:
            return
        office = self._office
        file = at_hand.file if at_hand is not None else None
        passphrase = words if state.here else at_hand.passphrase if at_hand is not None else ""

        def done(made: Exported) -> None:
            for key in ("passphrase", "again"):
                self.questions.row(key).editor.set_text("")
            self.root.forget()
            self.root.set_file(str(made.path))
            moved = "本机不再保存根密钥，以前做的备份里仍有，请一并收好。" if made.moved else ""
            further = "" if made.moved or not state.here else "请拔下，换第二个U盘，用同一个口令再导出一份。"
            self.work.say(f"✓ 已导出并读回核对：{made.path}。{moved}{further}", good=True)
            self._window.saved()
            self._window.hub.tell(["enrolment"])
            self.refresh()

        self.work.start(
            lambda: export_root(office, to=Path(folder), passphrase=passphrase, file=file, twice=state.here),
            "正在导出根密钥",
            done,
        )

    def check(self) -> None:
        """打开核对 the chosen copy."""
        at_hand, office = self.root.at_hand(), self._office
        if at_hand is None or at_hand.file is None:
            self.work.say("请先选要核对的那一份根密钥文件，输入它的口令。", good=False)
            return
        file, passphrase = at_hand.file, at_hand.passphrase

        def done(_none: None) -> None:
            self.root.forget()
            self.work.say(f"✓ {file.name} 打得开，是本县的根密钥。请在保管说明上记一笔。", good=True)
            self.refresh()

        self.work.start(lambda: check_copy(office, file=file, passphrase=passphrase), "正在打开核对", done)

    def print_paper(self) -> None:
        """打印保管说明."""
        office = self._office
        print_beside(
            self._window, "正在生成根密钥保管说明",
            lambda: ("根密钥保管说明.docx", make_paper(office, "root-keeping", also=COUNTY_PAPERS)), paper_folder(), owner=self, personal=False,
        )  # fmt: skip


class RebuildSection(QWidget):
    """重建 with progress; says whether the content is the same."""

    def __init__(self, window: Desk, office: Office) -> None:
        super().__init__()
        self._window, self._office = window, office
        self.rebuild_button = button("用留存的报送件重建", act=self.rebuild)
        self.outcome = label("", wrap=True)
        card = Card("重建数据")
        card.add(label(REBUILD, "soft", wrap=True))
        card.add(beside(self.rebuild_button))
        card.add(self.outcome)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(card)
        box.addStretch(1)

    def rebuild(self) -> None:
        """Rebuild in the background."""
        office = self._office

        def work(progress: Progress, _cancel: Cancel) -> RebuiltTold:
            return rebuild_told(office, progress=progress)

        def done(found: RebuiltTold) -> None:
            self.rebuild_button.setEnabled(True)
            self._say(*_rebuilt_words(found))
            self._window.saved()
            self._window.hub.tell({cls.KIND for cls in kinds()})

        def failed(wrong: Exception) -> None:
            self.rebuild_button.setEnabled(True)
            if not isinstance(wrong, StoreProblem):
                raise wrong
            self._say(f"{wrong.message}（{wrong.code}）", good=False)

        self.rebuild_button.setEnabled(False)
        self._say("正在重建…", good=None)
        self._window.jobs.start(work, title="重建数据", done=done, failed=failed, owner=self)

    def _say(self, words: str, good: bool | None) -> None:
        self.outcome.setText(words)
        set_look(self.outcome, "soft" if good is None else "good" if good else "problem")


def _rebuilt_words(found: RebuiltTold) -> tuple[str, bool]:
    waits = f"，{found.held}份暂存等待" if found.held else ""
    if found.left_out:
        waits += f"。留存的副本打不开、没有重建的：{'、'.join(found.left_out)}，请报送单位重发"
    if found.problems:
        shown = "\n".join(found.problems[:10])
        return f"已用{found.files}份重建{waits}，仍发现问题：\n{shown}\n请先备份，再告诉维护人员。", False
    same = "前后内容完全一样" if found.same else "内容和重建前不一样，现在的以留存的报送件为准"
    return (
        f"✓ 已用{found.files}份留存的报送件重建{waits}，{same}。（内容摘要 {found.content_hash[:12]}）",
        True,
    )
