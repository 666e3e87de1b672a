"""The suites, one a module: each installs what it needs, runs, and tells its checks."""
