"""Commands that read and change the list, over the HTTP interface of a running server."""
