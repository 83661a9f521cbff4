"""报送县人大: the monthly act from top to bottom."""

from lianxin.ui.sending.sending_page import SendingPage

__all__ = ["SendingPage"]
