"""What the county adds up: returns counted from merged records, bulletins and evaluations made of them."""
