"""Backups: one portable file for both databases, made while the app runs, checked whole before it changes anything."""
