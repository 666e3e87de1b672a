"""One module a format that is read: a file's text in, drafts and remarks out. Pure."""
