"""Who may sit at this desk, what they opened, and how it is locked."""
