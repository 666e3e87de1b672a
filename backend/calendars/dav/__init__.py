"""CalDAV (RFC 4791) over the list, with WebDAV's synchronisation (RFC 6578), at `/dav`."""
