"""The form of one township in the county's own list."""

from __future__ import annotations

from lianxin.county.townships.listing import save_township
from lianxin.domain.dictionary import Record
from lianxin.domain.records import Township
from lianxin.office.desk import Desk as Office
from lianxin.office.records import Saved
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.pages import Desk
from lianxin.ui.registers.register_form import RegisterForm


class TownshipForm(RegisterForm):
    """As the form of any register, but a code is given once."""

    def __init__(self, window: Desk, office: Office, drafts: DraftKeeper) -> None:
        super().__init__(window, office, Township, drafts)
        self._county = office

    def store(self, record: Record, opened: Record | None) -> Saved:
        """Raises RecordRefused."""
        assert isinstance(record, Township)
        before = opened if isinstance(opened, Township) else None
        return save_township(self._county, record, opened=before, draft_key=self.draft_key())
