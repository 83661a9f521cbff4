"""What every paper rests on: what a document is, its template, its number, its blank form, its print mark."""
