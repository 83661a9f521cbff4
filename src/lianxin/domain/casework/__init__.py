"""The course of a matter: its steps, where it stands, what may come next, what it must not lack."""
