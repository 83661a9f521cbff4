"""转报事项: matters that townships sent up, and the papers the county writes about them."""
