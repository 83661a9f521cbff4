"""Forms that are filled in by hand or printed filled, one module a form."""
