"""Programs and suites that others wrote, run against this server: `./todo test --strangers`."""
