"""统计与通报: townships beside each other, what they reported, bulletins and evaluations."""
