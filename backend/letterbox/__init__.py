"""Mails that become tasks: an address a user that a mail provider's webhook posts to."""
