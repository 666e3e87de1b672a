"""A task as a VTODO or VEVENT (RFC 5545), and back. Pure."""
