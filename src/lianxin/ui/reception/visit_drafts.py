"""Drafts of visits as the pages keep them: which page's, parked or in the form, about which registered visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lianxin.domain.canonical import JsonValue
from lianxin.domain.records import Contact
from lianxin.office.numbers import short_number
from lianxin.store.drafts import Draft, DraftElsewhere
from lianxin.ui.draft_keeper import DraftKeeper

QUEUE = "queue"
"""Marks the draft of an unfinished line of 连续登记, which is not a parked visit."""


@dataclass(frozen=True)
class VisitDraft:
    """One visit that is being typed: `contact` is the uid of the registered visit it is about, "" for a new one."""

    typed: Mapping[str, str]
    contact: str = ""
    number: str = ""
    began: datetime | None = None
    parked: bool = False

    @classmethod
    def of(cls, draft: Draft) -> VisitDraft:
        """As it was kept."""
        told, began = draft.payload.get("typed"), draft.payload.get("began")
        contact, number = draft.payload.get("contact"), draft.payload.get("number")
        return cls(
            typed={name: str(text) for name, text in told.items()} if isinstance(told, dict) else {},
            contact=contact if isinstance(contact, str) else "",
            number=number if isinstance(number, str) else "",
            began=datetime.fromisoformat(began) if isinstance(began, str) and began else None,
            parked=bool(draft.payload.get("parked")),
        )


class VisitDrafts:
    """The drafts of one page's form; parked ones are shared by both pages."""

    def __init__(self, keeper: DraftKeeper, page: str) -> None:
        self._keeper, self._page = keeper, page

    def keep(self, key: str, draft: VisitDraft) -> str:
        """Keep it under its key, or a new one; the key it is kept under."""
        key = key or self._keeper.new_key()
        typed: dict[str, JsonValue] = dict(draft.typed)
        payload: dict[str, JsonValue] = {
            "page": self._page,
            "parked": draft.parked,
            "typed": typed,
            "contact": draft.contact,
            "number": draft.number,
            "began": draft.began.isoformat() if draft.began else "",
        }
        try:
            self._keeper.keep(Contact.KIND, key, payload)
        except DraftElsewhere:
            # Another window took it over; what is typed here goes on as a draft of its own.
            key = self._keeper.new_key()
            self._keeper.keep(Contact.KIND, key, payload)
        return key

    def forget(self, key: str) -> None:
        """Let one go."""
        if key:
            self._keeper.forget(Contact.KIND, key)

    def unfinished(self) -> Draft | None:
        """What stood in this page's form when its window was killed."""
        mine = (draft for draft in self._keeper.left(Contact.KIND) if draft.payload.get("page") == self._page)
        return next((draft for draft in mine if not draft.payload.get("parked")), None)

    def about(self, contact: str) -> Draft | None:
        """What was typed about this registered visit and not saved."""
        kept = self._keeper.left(Contact.KIND)
        return next((draft for draft in kept if draft.payload.get("contact") == contact), None)

    def to_take_up(self, key: str) -> list[Draft]:
        """The parked ones and this page's own, except the one in the form."""
        return [
            draft
            for draft in self._keeper.left(Contact.KIND)
            if draft.key != key
            and draft.payload.get("page") != QUEUE
            and (draft.payload.get("parked") or draft.payload.get("page") == self._page)
        ]


def draft_words(draft: Draft) -> str:
    """9:05  田金玉  三组饮水管破损; a correction by the number of its visit."""
    kept = VisitDraft.of(draft)
    about = f"修改 {short_number(kept.number)}" if kept.number else ""
    name = kept.typed.get("v.name") or about or "（未填姓名）"
    words = kept.typed.get("c.words", "").replace("\n", " ")[:18]
    return f"{draft.saved_at.hour}:{draft.saved_at.minute:02d}  {name}  {words}".rstrip()
