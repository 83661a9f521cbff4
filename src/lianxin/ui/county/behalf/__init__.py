"""代录 in the window: a table dropped among the reports, what is read of it, and what was read before."""
