"""履职积分 and 履职档案: what deputies did, what it counts, and what is published of it."""
