"""A hosted model that does as it is told, for tests, benchmarks and pictures."""
