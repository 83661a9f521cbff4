"""各乡镇报送情况: township by month, with one return beside it."""
