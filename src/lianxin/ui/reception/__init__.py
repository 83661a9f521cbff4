"""The pages 接待日 and 来访走访登记, and the form of a visit that both share."""

from lianxin.ui.reception.contacts_page import ContactsPage
from lianxin.ui.reception.reception_page import ReceptionPage

__all__ = ["ContactsPage", "ReceptionPage"]
