"""What happens in a meeting: notes as people speak, votes and decisions, secret ballots."""
