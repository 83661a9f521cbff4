"""After a handover, the same with the former clerk there or not: recovery sheet, signing key, signatures; how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lianxin.domain.dates import show_day
from lianxin.office.desk import Desk as Office
from lianxin.office.desk import office_of
from lianxin.office.safekeeping.after_handover import AfterHandover, KeyState, SheetState, after_handover
from lianxin.office.safekeeping.keeping import ways_into_backups
from lianxin.office.trust.trusting import is_county
from lianxin.ui.pieces.buttons import button, label, set_look
from lianxin.ui.pieces.card import Card
from lianxin.ui.settings.lines import beside

WHY = (
    "原经办人手里若有旧备份和当时的口令，里面就有原来的签名密钥。所以交接以后要换一把新的，"
    "由县人大签发新证书、作废原来的。"
)
AT_COUNTY = (
    "② 根密钥：两个U盘和口令信封当面点交，在“根密钥”里各核对一次。原经办人手里若有旧备份和旧口令，"
    "就在“登记乡镇”里作废县人大自己的证书，程序当场换用新的签名密钥。"
)
_KEY_WORDS: dict[KeyState, str] = {
    "none": "② 签名密钥：还没有在县人大登记，不用换。",
    "open": f"② 签名密钥：还没有换。{WHY}",
    "asked": "② 签名密钥：已申请，等县人大的登记答复。",
    "old in force": "② 签名密钥：新证书已换上；原来的证书县人大还没有作废，请打电话请县人大作废这台电脑原来的证书。",
    "done": "② 签名密钥：✓ 新证书已换上，原来的已由县人大作废。",
}
_SHEET_WORDS: dict[SheetState, str] = {
    "open": "① 恢复单：还没有另做。原来那张打得开现在的数据，请另做一张交主席封存，旧的随即作废。",
    "made": "① 恢复单：新的做好了，旧的已作废；还没有确认封存。没有印出来的，再另做一张。",
    "done": "① 恢复单：✓ 已另做并确认封存。",
}
SIGN = "③ 打印交接清单，移交人、接收人、监交人三方签字；移交人不在场的，由主席在移交人处注明。"
NOT_YET = "移交以后，这里写明还有哪几件要做：另做恢复单，换签名密钥（申请文件交县人大），打印清单签字。"


@dataclass(frozen=True)
class Ways:
    """Where the buttons lead: the recovery sheet, a request with a new key, the county's answer."""

    sheet: Callable[[], None]
    new_key: Callable[[], None]
    answer: Callable[[], None]


class AfterHandoverCard(Card):
    """Reads how far it is whenever it is shown again; nothing is ticked by hand. `pending` while something is left."""

    def __init__(self, office: Office, ways: Ways) -> None:
        super().__init__("第三步　恢复单、签名密钥、签字")
        self._office, self.pending = office, False
        self.told, self.sheet, self.key = (label("", wrap=True) for _ in range(3))
        self.code = label("", "number")
        self.sheet_button = button("另做一张恢复单…", act=ways.sheet, needs="keys")
        self.key_button = button("换新密钥，生成申请…", act=ways.new_key, needs="keys")
        self.answer_button = button("接收登记答复…", act=ways.answer, needs="keys")
        self._keys = beside(self.key_button, self.answer_button, label(""))
        self._signing = label(SIGN, wrap=True)
        for part in (
            self.told, self.sheet, beside(self.sheet_button), self.key, self.code,
            self._keys, self._signing,
        ):  # fmt: skip
            self.add(part)

    def refresh(self) -> None:
        """Read what was done since the latest handover."""
        with self._office.store.reading() as reading:
            found = after_handover(reading)
            county = is_county(office_of(reading).office_type)
        self.told.setText(f"{found.words}。" if found is not None else NOT_YET)
        for part in (self.sheet, self.key, self._signing):
            part.setVisible(found is not None)
        key = found.key if found is not None and not county else "none"
        self.sheet_button.setVisible(found is not None and found.sheet != "done")
        self.key_button.setVisible(key in ("open", "asked"))
        self.answer_button.setVisible(key in ("asked", "old in force"))
        self._keys.setVisible(key in ("open", "asked", "old in force"))
        self.code.setVisible(key == "asked")
        self.pending = found is not None and not found.over
        if found is not None:
            self._show(found, county=county)

    def _show(self, found: AfterHandover, *, county: bool) -> None:
        self.sheet.setText(_SHEET_WORDS[found.sheet])
        set_look(self.sheet, "good" if found.sheet == "done" else "plain")
        self.key.setText(AT_COUNTY if county else _KEY_WORDS[found.key])
        set_look(self.key, "good" if found.key == "done" else "plain")
        if found.key == "asked" and found.asked is not None:
            asked = found.asked
            self.key.setText(
                f"{_KEY_WORDS['asked']}{show_day(asked.day)}的申请：{asked.path}\n"
                "请把文件交给县人大，说明换了经办人，请同时作废原来的证书；电话里念核对码："
            )
            self.code.setText(asked.spoken_code)
            self.code.setAccessibleName(f"登记申请核对码 {asked.spoken_code}")


class OlderBackupsCard(Card):
    """Who left in a hurry, and which passphrase opens which older backup; where nothing can be done, that is said."""

    def __init__(self, office: Office) -> None:
        super().__init__("原经办人不在场；旧备份用哪个口令")
        self._office = office
        self.ways = label("", "soft", wrap=True)
        self.add(label(ABSENT, "soft", wrap=True))
        self.add(self.ways)

    def refresh(self) -> None:
        """Read the changes of passphrase and sheet."""
        with self._office.store.reading() as reading:
            ways = ways_into_backups(reading)
        self.ways.setText("\n".join((OLD_BACKUPS, *(ways or (UNCHANGED,)))))


ABSENT = (
    "原经办人不在场：请主席拆开封存的信封，在开机画面点“原经办人不在，由我接手”，用恢复单上的恢复码打开，"
    "设自己的姓名和口令；打开以后，接着做上面第三步：新恢复单、签名密钥、清单签字，告诉县人大。"
    "恢复单也没有了、又没有人知道口令的，数据打不开，任何人都没有办法；"
    "只能请县人大把收到过的报送件发回来对照重录。"
)
OLD_BACKUPS = "旧备份用做备份那一天的口令或恢复单打开，文件名里有日期。当时的口令和恢复单都没有了的，那份备份打不开，没有办法："
UNCHANGED = "到现在还没有换过口令和恢复单：所有备份都用现在的口令或恢复单打开。"
