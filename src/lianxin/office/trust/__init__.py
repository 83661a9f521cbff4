"""Keys and whom they make us believe: our own, the county's, those on the list of trust."""
