"""What the county clerk checks on a file (domain.md 7.3): hints to look at, never a verdict."""
