"""The chart's values written, the release upgraded, and both taken back."""
