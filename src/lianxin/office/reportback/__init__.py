"""述职评议: the year's reporting, its sessions, promises and papers."""
