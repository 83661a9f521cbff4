"""首页: what to do first, this year's duties, this month's numbers."""
