"""A county and its townships with a year of invented work: for tests, benches and whoever works on the county's pages."""
