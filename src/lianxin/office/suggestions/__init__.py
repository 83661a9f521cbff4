"""代表议案建议: taken in, screened, handled by units, judged by deputies, reported."""
