"""Use cases of the township desk, one module per job."""
