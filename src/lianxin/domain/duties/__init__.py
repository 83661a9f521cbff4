"""What law and profile ask of a year, and how far it is."""
