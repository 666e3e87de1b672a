"""Completion of `./todo`'s words in bash, zsh and fish."""
