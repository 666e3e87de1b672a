"""The list for calendar programs: iCalendar feeds to subscribe to, and CalDAV to read and change it."""
