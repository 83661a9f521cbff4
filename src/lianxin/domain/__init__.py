"""What is true without a computer: records, rules and the journal, on the standard library alone."""
