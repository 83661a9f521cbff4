"""年度任务: what the year asks for, and the reports that say it was done."""
