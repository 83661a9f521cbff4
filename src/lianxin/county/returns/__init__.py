"""各乡镇报送情况: how the return of every township and period stands, and what is to be done next."""
