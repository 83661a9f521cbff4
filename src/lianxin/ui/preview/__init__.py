"""What prints is shown first: pages of a paper in the window, and the way to paper, PDF or the office program."""
