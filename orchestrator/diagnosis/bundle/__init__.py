"""Folders that hold a cluster's state: read as other people's tools write them, and written with secrets masked."""
