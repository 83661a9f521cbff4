"""The notice on 登记乡镇 and 根密钥 after a restored backup: what was revoked since has to be looked through."""

from __future__ import annotations

from collections.abc import Callable

from lianxin.county.certificates.after_restore import confirm_checked, to_check
from lianxin.office.desk import Desk as Office
from lianxin.ui.pages import Desk
from lianxin.ui.pieces import Card, button, label
from lianxin.ui.settings.lines import beside


class RestoreNotice(Card):
    """Hidden unless the ledger came from a backup; stays until a person says 已核对作废名单."""

    def __init__(self, window: Desk, office: Office, *, confirmed: Callable[[], None]) -> None:
        super().__init__("恢复备份以后，请核对作废名单")
        self._window, self._office, self._confirmed = window, office, confirmed
        self.words = label("", "late", wrap=True)
        self.confirm = button("已核对作废名单", act=self._confirm)
        self.add(self.words)
        self.add(beside(self.confirm))
        self.hide()

    def refresh(self) -> None:
        """Show what has to be looked through, or nothing."""
        found = to_check(self._office)
        self.words.setText(found.words if found is not None else "")
        self.setVisible(found is not None)

    def _confirm(self) -> None:
        confirm_checked(self._office)
        self._window.saved()
        self._window.tell("已记下：作废名单核对过了。")
        self._confirmed()
