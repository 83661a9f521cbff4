"""接收报送: files looked at, received, reviewed and told, and what waits for a word."""
