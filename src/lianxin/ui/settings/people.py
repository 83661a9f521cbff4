"""使用人与锁定: who may open this ledger and with which role, and after how long it locks by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from lianxin.domain.dates import show_day
from lianxin.domain.records import User
from lianxin.domain.roles import RIGHTS, Role, label_of, role_named
from lianxin.office.access.locking import CHOICES, choose_lock_minutes, lock_minutes
from lianxin.office.access.users import (
    add_user,
    change_role,
    disable_user,
    name_of,
    role_labels,
    set_passphrase_of,
    users,
)
from lianxin.office.desk import Desk as Office
from lianxin.store.errors import StoreProblem
from lianxin.ui.allowed import grey_out
from lianxin.ui.asking.questions import Questions, choice, hidden, line, passphrase_problems
from lianxin.ui.jobs import Cancel, Progress
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label, set_look
from lianxin.ui.pieces.card import Card
from lianxin.ui.pieces.chips import ChipRow
from lianxin.ui.settings.lines import beside
from lianxin.ui.start.window_keeper import Keeper
from lianxin.ui.theme import px

T = TypeVar("T")
ALONE = (
    "现在只有一个人用，打开时不问姓名，什么都可以做。要几个人用，就给每个人设一个自己的口令："
    "谁登记的、谁看过个人信息，都记在各人名下。"
)
HONEST = (
    "角色防的是误操作，防不住能拿走这台电脑的人。知道口令的人离开以后，他做过的旧备份仍能用他当时的口令打开，"
    "请把备份U盘收好。"
)


class PeopleSection(QWidget):
    """A line per person; the one chosen is changed below, a new one is added at the end."""

    def __init__(self, window: Desk, office: Office, keeper: Keeper) -> None:
        super().__init__()
        self._window, self._office, self._keeper = window, office, keeper
        self._actor = ""
        self.outcome = label("", "soft", wrap=True)
        self._told = label("", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(18))
        self._grid.setVerticalSpacing(px(6))
        self.listed = Card("使用人")
        self.listed.add(self._told)
        self.listed.add_layout(self._grid)
        self.listed.add(self.outcome)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(12))
        box.addWidget(self.listed)
        box.addWidget(self._adding())
        box.addWidget(self._roles())
        box.addWidget(self._locking())
        box.addStretch(1)

    def refresh(self) -> None:
        """Read who is there."""
        with self._office.store.reading() as reading:
            known, own = users(reading), name_of(reading, self._office.acting.code)
        self._told.setText(HONEST if known else ALONE)
        self.adding.row("own").setVisible(not known)
        if not known and not self.adding.text("own"):
            self.adding.row("own").editor.set_text(own)
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, person in enumerate(known):
            self._show_person(row, person)

    def add(self) -> None:
        """Add the person that is filled in."""
        new, again = (self.adding.row(key).editor.text() for key in ("passphrase", "again"))
        problems = passphrase_problems(new, again)
        if not self.adding.text("name"):
            problems = {"name": "请写明姓名", **problems}
        if not self.adding.show_problems(problems):
            return
        name, role = self.adding.text("name"), role_named(self.adding.text("role"))
        own = self.adding.text("own")

        def work() -> User:
            return add_user(self._office, name=name, role=role, passphrase=new, own_name=own)

        def done(user: User) -> None:
            for key in ("name", "passphrase", "again"):
                self.adding.row(key).editor.set_text("")
            self._say(
                f"✓ 已增加{user.name}（{label_of(user.role)}）。下次打开时先选姓名，再输各自的口令。", "good"
            )

        self._run("增加使用人", work, done)

    def set_role(self, actor: str, role: Role) -> None:
        """Give a person another role."""
        self._run(
            "更改角色",
            lambda: change_role(self._office, actor, role),
            lambda user: self._say(f"✓ {user.name}现在的角色是“{label_of(user.role)}”。", "good"),
        )

    def disable(self, actor: str) -> None:
        """Take a person's passphrase away."""
        self._run(
            "停用",
            lambda: disable_user(self._office, actor),
            lambda user: self._say(f"✓ 已停用{user.name}，他的口令打不开现在的台账了。姓名和经手的记录都在。", "good"),
        )  # fmt: skip

    def reset(self, actor: str) -> None:
        """A new passphrase for a colleague who forgot his, typed in the form below."""
        new, again = (self.adding.row(key).editor.text() for key in ("passphrase", "again"))
        if not self.adding.show_problems(passphrase_problems(new, again)):
            self._say("请在下面“口令”和“再输一次”里输入他的新口令，再按“重设口令”。", "doubt")
            return
        self._run(
            "重设口令",
            lambda: set_passphrase_of(self._office, actor, new),
            lambda _none: self._say("✓ 已重设口令，请告诉他本人，并让他自己再换一次。", "good"),
        )

    def _show_person(self, place: int, person: User) -> None:
        """Two lines: who it is, and what may be changed; so that there is room on a narrow screen too."""
        state = f"{show_day(person.ended)}停用" if person.ended else f"{show_day(person.since)}启用"
        ended = f"（{label_of(person.role)}）" if person.ended else ""
        facts = label(
            f"{person.name}{ended}　代号{person.actor}　{state}", "soft" if person.ended else "plain"
        )
        self._grid.addWidget(facts, 2 * place, 0, 1, 4)
        if person.ended:
            return
        chips = ChipRow(role_labels(), name=f"{person.name}的角色")
        chips.set_code(person.role)
        chips.chosen.connect(partial(self._role_chosen, person.actor))
        reset = button("重设口令", "link", act=partial(self.reset, person.actor))
        disable = button("停用", "link", act=partial(self.disable, person.actor))
        for column, made in enumerate((chips, reset, disable)):
            self._grid.addWidget(made, 2 * place + 1, column)
        for made in (reset, disable):
            made.setVisible(person.actor != self._office.acting.code)
        words = self._office.acting.refusal("users")
        for each in (chips, reset, disable) if words else ():
            grey_out(each, words)
        self._grid.setColumnStretch(0, 1)

    def _role_chosen(self, actor: str, role: str) -> None:
        self.set_role(actor, role_named(role))

    def _adding(self) -> Card:
        self.adding = Questions(
            [
                line("own", "您的姓名", hint="第一次增加时写明，以后打开时选"),
                line("name", "新使用人"),
                choice("role", "角色", role_labels(), "recorder"),
                hidden("passphrase", "口令", hint="由他本人来输", width=200),
                hidden("again", "再输一次", width=200),
            ]
        )
        self.adding.finished.connect(self.add)
        self.add_button = button("增加使用人", act=self.add)
        card = Card("增加使用人")
        card.add(self.adding)
        card.add(beside(self.add_button))
        words = self._office.acting.refusal("users")
        if words:
            grey_out(self.add_button, words)
            card.add(label(words, "soft", wrap=True))
        return card

    def _roles(self) -> Card:
        card = Card("各角色能做什么")
        for code, words in role_labels():
            may = "、".join(
                right.words for act, right in RIGHTS.items() if code in right.roles and act != "look"
            )
            card.add(label(f"{words}：{may or '只查看，个人信息不显示全'}。", "soft", wrap=True))
        return card

    def _locking(self) -> Card:
        minutes = [(str(each), f"{each}分钟" if each else "不自动锁") for each in CHOICES]
        self.minutes = ChipRow(minutes, name="多久没有操作就锁定")
        self.minutes.set_code(str(lock_minutes(self._office)))
        self.minutes.chosen.connect(self._minutes_chosen)
        card = Card("自动锁定")
        card.add(
            label(
                "多久没有操作就锁定。锁定时正在填的表原样留着，输入口令接着填。"
                "随时按 Ctrl+Shift+L 锁定；电脑锁屏时也一起锁定。",
                "soft",
                wrap=True,
            )
        )
        card.add(self.minutes)
        return card

    def _minutes_chosen(self, minutes: str) -> None:
        choose_lock_minutes(self._office, int(minutes))
        self._keeper.lock_after(int(minutes))
        self._window.saved()

    def _run(self, title: str, work: Callable[[], T], done: Callable[[T], None]) -> None:
        def worked(_progress: Progress, _cancel: Cancel) -> T:
            return work()

        def came(result: T) -> None:
            self.setEnabled(True)
            self._window.saved()
            done(result)
            self._window.hub.tell({User.KIND})

        def failed(wrong: Exception) -> None:
            self.setEnabled(True)
            self.refresh()
            if not isinstance(wrong, StoreProblem):
                raise wrong
            self._say(wrong.message, "problem")

        self.setEnabled(False)
        self._window.jobs.start(worked, title=title, done=came, failed=failed, owner=self)

    def _say(self, words: str, look: str) -> None:
        self.outcome.setText(words)
        set_look(self.outcome, look)
