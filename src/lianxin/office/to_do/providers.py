"""Who is asked for rows of 近期待办 beside the matters themselves. A new subject adds its function here."""

from __future__ import annotations

from lianxin.office.to_do.days import day_rows
from lianxin.office.to_do.deputies import claim_rows, final_row, honour_rows
from lianxin.office.to_do.events import (
    absence_rows,
    event_rows,
    group_row,
    leave_rows,
    presidium_row,
    report_rows,
)
from lianxin.office.to_do.housekeeping import (
    asked_by_county,
    backup_due,
    handed_down_things,
    key_after_handover,
    missing_holidays,
    offered_rules,
    offered_years,
    provisional_term,
    recovery_sheet,
    unfinished_contacts,
    unsent_return,
)
from lianxin.office.to_do.meetings import (
    congress_notice_rows,
    decision_rows,
    filing_rows,
    project_rows,
)
from lianxin.office.to_do.promises import promise_rows
from lianxin.office.to_do.reporting import reporting_rows
from lianxin.office.to_do.row import Provider
from lianxin.office.to_do.votes import vote_rows

PROVIDERS: tuple[Provider, ...] = (
    asked_by_county,
    day_rows,
    event_rows,
    presidium_row,
    decision_rows,
    congress_notice_rows,
    filing_rows,
    project_rows,
    report_rows,
    reporting_rows,
    vote_rows,
    promise_rows,
    absence_rows,
    leave_rows,
    group_row,
    claim_rows,
    honour_rows,
    final_row,
    unfinished_contacts,
    unsent_return,
    handed_down_things,
    offered_rules,
    offered_years,
    provisional_term,
    recovery_sheet,
    backup_due,
    key_after_handover,
    missing_holidays,
)
"""In the order in which reminders stand; rows with a day are put in order of their days."""
