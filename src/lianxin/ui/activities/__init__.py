"""活动与会议: activities of deputies, meetings, the year's plans and theme."""

from lianxin.ui.activities.page import MeetingsPage

__all__ = ["MeetingsPage"]
