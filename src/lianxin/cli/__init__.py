"""Arguments → service → text or JSON, exit code (the stable contract of the command line)."""
