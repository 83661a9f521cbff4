"""报送县人大: 核对, 定稿, 送签稿, 数字签名, and the copy on the stick."""
