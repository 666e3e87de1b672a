"""Verbs that begin a task ("buy", "call"), and the past forms that tell that one is done ("bought", "called")."""

from ..pattern import pairs, table

# A task of its own may begin with one of these: they decide whether "A and B" is one task or two.
TASK_VERBS = frozenset(
    table(
        """
    add, apply, arrange, attend, backup, bake, book, borrow, bring, brush, build, buy, call, cancel, change,
    charge, chat, check, choose, clean, clear, collect, confirm, contact, cook, copy, create, cut, decide,
    decorate, deliver, deposit, design, discuss, do, donate, download, draft, drink, drive, drop, eat, edit,
    email, empty, exercise, feed, file, fill, finalize, finish, fix, fold, follow, get, give, go, grab, grade,
    groom, hang, hire, host, install, invite, iron, investigate, join, journal, kick, learn, leave, lock, look,
    mail, make, measure, meditate, meet, message, mop, move, mow, order, organise, organize, pack, paint, pay,
    phone, pick, plan, plant, polish, post, practice, practise, prep, prepare, print, proofread, purchase, put,
    read, rebook, record, recycle, refill, register, rehearse, renew, rent, repair, replace, reply, report,
    research, reserve, respond, return, review, rewrite, ring, rsvp, run, schedule, scan, schedule, sell, send,
    set, setup, sew, ship, shop, shovel, sign, sketch, skype, sort, start, study, submit, subscribe, sweep,
    swim, take, talk, tell, test, text, thank, tidy, train, transfer, translate, trim, try, turn, unpack,
    update, upgrade, upload, vacuum, visit, wake, walk, wash, watch, water, weed, wrap, write, hoover, dust,
    stretch, bike, cycle, refactor, deploy, merge, debug, release, push, pull, sync, patch, migrate, document,
    pitch, negotiate, invoice, reconcile, remind, ask, fetch, cash, top, find, rake, prune, fertilize, defrost,
    declutter, bathe, floss, assemble, mount, repot, inspect, haul, mend, rotate, redeem, claim, dispute, vote,
    defend, open, rest, relax, nap, iron, soak, marinate, shred, hem, sand
    """
    )
)
# After "and", these mostly carry on the same errand: "call mom and ask about lunch".
DEPENDENT_VERBS = frozenset(
    table(
        """
    ask, tell, discuss, see, say, find, let, confirm, check, decide, talk, thank, give, try, get, go, bring,
    put, say, leave, come, apologize, apologise
    """
    )
)
# Things as well as deeds: "add bread and water" buys water, "add bread and water the garden" does not.
NOUN_VERBS = frozenset(
    table(
        """
    water, book, iron, plant, paint, brush, order, cook, drink, cut, play, paper, mail, text, ring, clean, wrap,
    pack, record, store, return, watch, walk, check, charge, change, cover, design, dress, drop, file, fix, lock,
    measure, mix, patch, pin, plan, press, print, pump, rake, report, rest, ride, roast, salt, seal, ship, show,
    sign, ski, smoke, soap, sort, spray, stain, stick, study, stuff, test, tip, trim, vacuum, wash, weed, wipe, work
    """
    )
)
OBJECT_LEADS = frozenset(
    table("the, my, our, a, an, his, her, their, your, this, that, some, all, dad, mom, mum, grandma, grandpa")
)
# Of a pair, the first is only the way to the second: "go to the store and buy milk".
LEADING_VERBS = frozenset(
    table(
        """
    go, come, try, sit, stop, drive, head, run, stay, wait
    """
    )
)
# Words on the right that point back to the left: one task.
BACK_REFERENCES = frozenset(
    table(
        """
    it, them, him, her, there, this, that, these, those, one, his, its, their, they, he, she
    """
    )
)

PAST: dict[str, str] = pairs(
    """
    bought: buy, paid: pay, sent: send, wrote: write, read: read, took: take, made: make, did: do, got: get,
    gave: give, met: meet, sold: sell, built: build, brought: bring, found: find, fed: feed, swept: sweep,
    spoke: speak, told: tell, went: go, ran: run, put: put, cut: cut, set: set, ate: eat, drank: drink,
    drove: drive, left: leave, hung: hang, saw: see, swam: swim, chose: choose, taught: teach, handed: hand,
    baked: bake, taken: take, written: write, given: give, gone: go
    """
)
# Past forms that say the task is over, whatever the task's own verb is.
FINISHED = table(
    """
    finished, completed, done, wrapped up, finished up, finished off, ticked off, checked off, crossed off,
    taken care of, took care of, accomplished, knocked out, gotten done, got done, dealt with, sorted out,
    done with, finished with, through with, did, handled, tackled, smashed, nailed, polished off, got through,
    got round to,
    all done with, all done w, done w, finished w, sorted
    """
)
# End like a past form, and are none.
NOT_PAST = frozenset(
    table(
        """
    need, used, based, supposed, united, interested, tired, bored, scared, excited, worried, red, bed, seed,
    feed, speed, breed, weed, embed
    """
    )
)
# What one does with a person, at a distance or not.
CONTACTING = frozenset(
    (
        "call",
        "phone",
        "ring",
        "text",
        "email",
        "mail",
        "message",
        "write",
        "see",
        "visit",
        "meet",
        "ask",
        "contact",
        "tell",
    )
)
