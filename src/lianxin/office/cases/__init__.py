"""Opinions from the first word to the archive: registered, handed over, pressed, answered, done again."""
