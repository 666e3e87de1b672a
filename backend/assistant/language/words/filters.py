"""Words that narrow a list of tasks, and the small words around them that say nothing."""

from ..pattern import table

OVERDUE = table(
    """
    overdue, over due, late, past due, behind on, behind schedule, past their due date, past its due date,
    i'm late on, missed, past the due date, past deadline, running late, should have been done already,
    outdated, delayed, expired, should have done already, should have done by now
    """
)
NO_DATE = table(
    """
    no due date, no due dates, no date, no dates, no deadline, no deadlines, without a due date,
    without due date, without due dates, without a date, without dates, without date, without a deadline,
    without deadlines, without deadline, undated, unscheduled, not scheduled, no date set, with no due date,
    with no date, with no deadline, don't have a due date, don't have a date, have no due date, have no date,
    without any due date, without any date, not dated, dateless, not due, missing a due date,
    that aren't scheduled, aren't scheduled, no due date set, doesn't have a due date, lacking a due date,
    don't have a deadline, have no deadline, with no dates, lack a due date, don't have due dates
    """
)
DONE = table(
    """
    completed, complete, done, finished, finish, ticked off, checked off, crossed off, ticked, checked,
    get done, got done, gotten done, accomplished, accomplish, closed, achieved, achieve, wrapped up,
    already did, did do, finalized, check off, tick off, cross off, wrap up, knock out
    """
)
OPEN = table(
    """
    open, incomplete, unfinished, pending, remaining, outstanding, left, left over, leftover, uncompleted,
    not done, not completed, not finished, still open, still to do, still, undone, active, unchecked, yet,
    not yet done, haven't done, haven't finished, haven't completed, not complete, to go, current, currently,
    have not done, have not finished, haven't i done, haven't i finished, haven't i completed, have i not done,
    have i not finished, didn't i finish, didn't i do, didn't i complete, didn't i get done, did i not finish,
    have i yet to do
    """
)
ALL_STATUS = table(
    """
    including done, including completed, including finished, including the done ones, done or not,
    done and open, open and done, both open and done, completed or not, open and completed, finished or not,
    including completed ones, including completed tasks, including done ones, including done tasks,
    even completed ones, even done ones, done and not done, complete and incomplete, completed and open,
    even the done ones, including the completed ones, regardless of status, even the completed ones,
    both done and open
    """
)
UPCOMING = ("upcoming", "up coming", "coming up", "future", "soon", "ahead")
COUNT = ("how many", "count of", "number of", "the number of", "count", "total number of", "amount of", "how much")
NEXT = table(
    """
    old, delete, remove, clear, clean, next, first, last, latest, recent, top, newest, oldest
    """
)
# Say nothing that narrows.
SMALL = frozenset(
    table(
        """
    the, a, an, my, our, your, me, i, i'm, i've, i'll, we, us, to, of, for, on, in, at, by, with, from, and, or,
    is, are, am, was, were, be, been, being, do, does, did, doing, done, have, has, had, having, got, get, gets,
    getting, that, which, who, there's, there, here, this, it, its, any, all, some, every, each, both, anything,
    everything, something, stuff, set, scheduled, planned, booked, marked, called, due, date, dates, lined, up,
    going, gonna, need, needs, want, should, must, can, could, would, will, shall, might, supposed, happening,
    happen, happens, exist, exists, available, contain, contains, about, out, off, please, just, else,
    currently, right, now, still, also, only, today's, so, far, these, those, them, list, lists, calendar,
    schedule, agenda, plate, planner, day, task, tasks, todo, todos, thing, things, item, items, reminder,
    reminders, alarm, alarms, event, events, entry, entries, one, ones, look, like, see, show, tell, know, give,
    listed, existing, assigned, whose, next-up, on-deck, hand, need-to, what, what's, whats, many, much, left,
    attention, worth, working, work-on, focus, starting, ending, falling, occurring, between, through, until,
    till, priority, priorities, project, projects, tag, tags, tagged, labelled, labeled, label, category,
    deadline, deadlines, total, number, when, when's, whens, where, where's, who, who's, how, how's, why,
    looking, overview, rundown, summary, recap, week, weekly, month, daily, latest, recent, newest, next,
    different, available, availables, various, upcoming, whole, entire, week-ahead, recorded, saved, stored,
    put, added, made, created, add, remember, reminded, not, yet, up, along, as, into, onto, than, then,
    there'll, hows, whos, wheres, forgetting, missing, expected, ever, already, any, gotta, wanna, forgot,
    forget, showing, shown, displayed, that's, thats, wat, wats, wut, wuts, whut, whuts,
    say, said, chance, sure, idea, gimme
    """
    )
)
