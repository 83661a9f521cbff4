"""Taking in what other desks send, taking it back, and answering the questions it opened."""
