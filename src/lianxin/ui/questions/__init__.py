"""Two ways of writing the same thing, beside each other: for the county and for the township."""
