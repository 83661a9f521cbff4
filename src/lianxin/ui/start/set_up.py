"""开始使用: what a new office is asked, on one screen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from lianxin.domain import codes
from lianxin.domain.numerals import plain
from lianxin.office.safekeeping.setting_up import Beginning, county_of, short_name_of
from lianxin.ui.asking.questions import HiddenLineEditor, Questions, choice, hidden, line, passphrase_problems
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.start.screens import Screen

CODE_DIGITS, COUNTY_DIGITS = 9, 6
"""Digits of a division code down to the township, and of a county's: the code tells which desk this is."""

_TOWNSHIP_ONLY = ("station", "county_name", "county")

NO_WAY_BACK = (
    "口令忘了，可以用恢复单打开（下一步打印，由主席封存）。口令和恢复单都没有了，"
    "任何人都打不开数据，无法找回。"
)


class SetUpScreen(Screen):
    """`answered(beginning, passphrase)` when everything is filled in; `back` to leave.

    After a set-up that was cut off the passphrase is known already: `set_known_passphrase`.
    """

    answered = Signal(object, str)
    back = Signal()

    def __init__(self) -> None:
        super().__init__("开始使用", width=760)
        self._known = ""
        self.questions = Questions(
            [
                line("name", "机构名称", placeholder="如 清江县石牌镇人民代表大会主席团"),
                line("code", "区划代码", width=150, hint="乡镇9位数字，县人大6位", placeholder="如 439901102"),
                line("term", "本届是第几届", width=90, hint="届；可先空着，以后再填", required=False),
                line("station", "第一个联络站", placeholder="如 石牌镇代表联络站"),
                line(
                    "county_name", "报送给哪个县人大", placeholder="如 清江县人民代表大会常务委员会",
                    required=False,
                ),
                choice(
                    "county", "县人大是否也使用本程序？", [(c.code, c.label) for c in codes.COUNTY_USES.codes],
                    "unknown",
                ),
            ]
        )  # fmt: skip
        self.secret = Questions(
            [
                hidden("passphrase", "开机口令", hint="每次打开时要输"),
                hidden("again", "再输一次"),
            ]
        )
        self.secret.set_label_width(self.questions.label_width())
        self._shown = QCheckBox("显示口令")
        self._shown.toggled.connect(self._show_characters)
        self._warning = label(NO_WAY_BACK, "soft", wrap=True)
        self.card.add(self.questions)
        self.card.add(self.secret)
        self.card.add(self._shown)
        self.card.add(self._warning)
        self.next = button("下一步：恢复单", "main", act=self.submit)
        self.back_button = button("返回", act=self.back.emit)
        self.foot.addWidget(self.next)
        self.foot.addWidget(self.back_button)
        self.foot.addStretch(1)
        self.finish()
        self.questions.finished.connect(self._on)
        self.secret.finished.connect(self.submit)
        self.questions.left.connect(self._left)

    def set_known_passphrase(self, passphrase: str) -> None:
        """The set-up goes on with the passphrase that was typed to unlock."""
        self._known = passphrase
        self.say("上次没有填完就关闭了。请接着填完，口令仍用原来的，不用再设。")
        for widget in (self.secret, self._shown, self._warning, self.back_button):
            widget.hide()

    def focus_first(self) -> None:
        self.questions.focus_first()

    def submit(self) -> None:
        """Look everything over and go on."""
        problems = self._problems()
        fine = self.questions.show_problems(problems)
        secret: dict[str, str] = {}
        if not self._known:
            secret = passphrase_problems(self._secret_text("passphrase"), self._secret_text("again"))
            if fine:
                self.secret.show_problems(secret)
        if fine and not secret:
            self.answered.emit(self._beginning(), self._known or self._secret_text("passphrase"))

    def _secret_text(self, key: str) -> str:
        # A passphrase may begin or end with a space; it is taken as typed.
        return self.secret.row(key).editor.text()

    def _problems(self) -> dict[str, str]:
        problems: dict[str, str] = {}
        if not self.questions.text("name"):
            problems["name"] = "请填写机构名称，和公章上的一样"
        code = self._code()
        if not (code.isascii() and code.isdigit() and len(code) in (CODE_DIGITS, COUNTY_DIGITS)):
            told = f"现在是{len(code)}位" if code.isdigit() else "现在不是" if code else "请填写"
            problems["code"] = f"区划代码应是{CODE_DIGITS}位数字（县人大{COUNTY_DIGITS}位），{told}"
        term = plain(self.questions.text("term")).removeprefix("第").removesuffix("届")
        if term and not (term.isascii() and term.isdigit() and 1 <= int(term) <= 99):
            problems["term"] = "届次请填数字，如 19；不清楚可以先空着"
        if not self._is_county() and not self.questions.text("station"):
            problems["station"] = "请填写一个联络站的名称，以后可以修改和增加"
        return problems

    def _beginning(self) -> Beginning:
        term = plain(self.questions.text("term")).removeprefix("第").removesuffix("届")
        ordinal = int(term) if term else None
        if self._is_county():
            return Beginning(role="county", code=self._code(), name=self.questions.text("name"), term=ordinal)
        return Beginning(
            role="township",
            code=self._code(),
            name=self.questions.text("name"),
            county_uses=self.questions.text("county"),
            county_name=self.questions.text("county_name") or None,
            station=self.questions.text("station"),
            term=ordinal,
        )

    def _code(self) -> str:
        return plain(self.questions.text("code"))

    def _is_county(self) -> bool:
        return len(self._code()) == COUNTY_DIGITS

    def _left(self, key: str) -> None:
        text = self.questions.text(key)
        if key == "code":
            for each in _TOWNSHIP_ONLY:
                self.questions.row(each).setVisible(not self._is_county())
        if text:
            self.questions.row(key).set_problem(self._problems().get(key, ""))
        station = self.questions.row("station").editor
        if key == "name" and text and not station.text().strip():
            # Most first stations are called so; it can be typed over.
            station.set_text(f"{short_name_of(text)}代表联络站")
        county = self.questions.row("county_name").editor
        if key == "name" and text and not county.text().strip():
            county.set_text(county_of(text))

    def _on(self) -> None:
        if self._known:
            self.submit()
        else:
            self.secret.focus_first()

    def _show_characters(self, shown: bool) -> None:
        for key in ("passphrase", "again"):
            editor = self.secret.row(key).editor
            if isinstance(editor, HiddenLineEditor):
                editor.show_characters(shown)
