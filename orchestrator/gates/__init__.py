"""Judges of proposals and of running things; pure where they can be."""
