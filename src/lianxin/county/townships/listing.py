"""登记乡镇: a township into the county's own list, or what is written of one corrected."""

from __future__ import annotations

from lianxin.county.townships.roster import roster_ever
from lianxin.domain.records import Township
from lianxin.office.desk import Desk, office_of
from lianxin.office.records import RecordRefused, Saved, save_record


def save_township(
    desk: Desk, town: Township, *, opened: Township | None = None, draft_key: str = ""
) -> Saved:
    """Stores a township. Raises RecordRefused for a code of another county or one that is in the list already."""
    with desk.store.reading() as reading:
        county = office_of(reading).code
        same = next((each for each in roster_ever(reading, desk.today()) if each.code == town.code), None)
    if not town.code.startswith(county):
        raise RecordRefused({"code": f"本县乡镇的区划代码以{county}开头"})
    if same is not None and same.uid not in ("", town.uid):
        raise RecordRefused({"code": f"这个代码已经登记给{same.name}，请在列表里选中它再改"})
    return save_record(desk, town, opened=opened, draft_key=draft_key)
