"""How a Word file is built here: paragraphs and tables, pages of forms, names and titles broken as people read."""
