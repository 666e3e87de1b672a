"""A calendar object that is refused, with the precondition by which programs know why."""

CALDAV = "urn:ietf:params:xml:ns:caldav"
DAV = "DAV:"


class RefusedCalendarError(Exception):
    """``precondition`` is an element's name (RFC 4791, 5.3.2.1); ``detail`` says in a sentence what to do."""

    def __init__(self, precondition: str, detail: str, *, namespace: str = CALDAV) -> None:
        super().__init__(detail)
        self.precondition = precondition
        self.namespace = namespace
        self.detail = detail


def unreadable(what: str) -> RefusedCalendarError:
    """What is not iCalendar, or not as RFC 5545 has it."""
    return RefusedCalendarError("valid-calendar-data", f"This calendar cannot be read: {what}. Nothing was changed.")
