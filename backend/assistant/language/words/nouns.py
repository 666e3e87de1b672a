"""Nouns that mean a task, many tasks, or the list itself."""

from ..pattern import table

TASK = table(
    """
    task, todo, to-do, to do, item, reminder, remainder, alarm, event, entry, thing, to do item, todo item,
    list item, action item, calendar event, calendar entry, reminder task, alert, notification
    """
)
TASKS = table(
    """
    tasks, todos, to-dos, to dos, items, reminders, alarms, events, entries, things, stuff, to do items,
    todo items, list items, action items, calendar events, calendar entries, chores, errands to run, alerts,
    notifications, jobs, assignments, things to do, stuff to do, things on my list, ones, data, information,
    schedules, programs, program, pending tasks, deadlines, work
    """
)
EVERYTHING = ("everything", "all", "anything", "whatever", "every single thing", "all of it", "all of them", "the lot")
LIST = table(
    """
    list, lists, to do list, todo list, to-do list, task list, tasks list, calendar, schedule, agenda, planner,
    plan, plate, day, things to do list, to dos, todos, diary, plans, calender, todo, to do, calendars,
    list of things to do, list of things, list to do, list of to dos, list of tasks, list of reminders, todolist,
    inbox, itinerary, backlog list, to-do, to do lists
    """
)
# Kinds of appointment: they count as tasks in a question, and are searched for.
KINDS = table(
    """
    meeting, meetings, appointment, appointments, call, calls, birthday, birthdays, party, wedding, concert,
    game, match, holiday, holidays, interview, class, flight, trip, show, deadline, lunch, dinner, trains, date,
    pickup, bill, bills, program, conference, errands, errand
    """
)
PROJECT = ("project", "list", "folder", "board", "category", "section", "area")
# What stands behind the "and" of a fixed pair: "mac and cheese", "wash and dry".
PAIRS = frozenset(
    table(
        """
    cheese, pepper, butter, chips, jelly, roll, cons, breakfast, dry, fold, out, wine, vinegar, crackers, go,
    answers, gravy, forth, onion
    """
    )
)
# Tell nothing of which task is meant, nor do their typing errors.
UNTELLING = frozenset(
    table(
        """
    the, a, an, my, our, your, this, that, to, for, of, in, on, at, with, and, or, is, it, s, i, from, as, by,
    about, please, me, teh, hte, te
    """
    )
)
