"""The records of the house, one module per subject, each field declared once."""
