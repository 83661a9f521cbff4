"""Measures a finished Word document against GB/T 9704-2012 and says what deviates, whoever made it."""
