"""Taking paper ledgers in: each kind of ledger has a module that turns its rows into records."""
