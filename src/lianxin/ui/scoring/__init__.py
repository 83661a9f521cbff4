"""履职积分: the table of a year by a rule, the rules themselves, claims, and proposals for honours."""
