"""履职积分 and 履职档案: points, each with the records it rests on."""
