"""From a contract's facts to a file's text."""
