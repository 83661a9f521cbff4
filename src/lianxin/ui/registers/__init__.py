"""台账: every register of the dictionary, without a screen of its own for any."""
