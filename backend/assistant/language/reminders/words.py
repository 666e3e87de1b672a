"""The words for reminders, apart from the code."""

from ..pattern import pairs, table

TELL = table(
    """
    remind, notify, alert, ping, nudge, buzz, poke, warn, prompt, nag, bug, pester, tell, message, mail, email, e-mail,
    shoot, text
    """
)
NAG = table("nag, bug, pester, harass, hound, annoy")
REMINDERS = table("reminders, notifications, alerts, alarms, pings, nudges, reminder, notification")
CHANNELS = pairs(
    "mail: email, e-mail: email, email: email, emails: email, push: push, push notification: push, notification: push"
)
BY_MAIL = table("mail, email, e-mail")
POINTING = table(
    """
    it, that, this, them, that one, this one, then, the task, that task, this task, it starts, it's due, it is due,
    it begins, it happens, due, it comes up,
    too, as well, also, please, the time, that time, hand, the deadline, it's time, the due date, due date
    """
)
NUMBERS = pairs(
    """
    a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11,
    twelve: 12, fifteen: 15, twenty: 20, twenty five: 25, thirty: 30, forty: 40, forty five: 45, forty-five: 45,
    fifty: 50, sixty: 60, ninety: 90, a couple: 2, a couple of: 2, couple: 2, couple of: 2, a few: 3, few: 3
    """
)
UNITS = pairs(
    """
    minute: 1, minutes: 1, min: 1, mins: 1, m: 1, hour: 60, hours: 60, hr: 60, hrs: 60, h: 60, day: 1440, days: 1440,
    d: 1440, week: 10080, weeks: 10080, wk: 10080, wks: 10080
    """
)
PARTS = pairs("morning: 09:00, afternoon: 15:00, evening: 19:00, night: 20:00")
