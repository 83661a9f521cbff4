"""先看示例数据: a year of a fictional township, subject by subject."""
