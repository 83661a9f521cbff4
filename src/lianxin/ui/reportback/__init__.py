"""The page 述职评议: who reports in the year, the meetings with voters, the ballots and the rules of grades."""

from lianxin.ui.reportback.page import REPORT_KINDS, ReportsPage

__all__ = ["REPORT_KINDS", "ReportsPage"]
