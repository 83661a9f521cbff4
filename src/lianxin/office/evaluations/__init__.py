"""测评: votes by ballot on persons, reports and matters, and what they come to."""
