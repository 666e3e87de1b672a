"""The readers: each looks at the tokens from one place and says what the longest phrase there means, or None."""
