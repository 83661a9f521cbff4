"""What the lists show of any record: its rows, its title, the history of its fields."""
