"""接收报送 and 待确认: what came, looked at and taken in, and what waits for a word."""
