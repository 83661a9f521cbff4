"""Which fonts print here and which characters they lack."""
