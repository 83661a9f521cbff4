"""The roster: people, mandates, groups and the change of term."""
