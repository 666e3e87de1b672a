"""What people say around a command: names of assistants, politeness, hesitation."""

from ..pattern import table

WAKE_WORDS = table(
    """
    siri, alexa, google, ok google, olly, cortana, jarvis, assistant, bot, todo bot, computer
    """
)
ATTENTION = table(
    """
    hey there, hey, hi, hello, ok, okay, yo, alright, all right, right, k, kk, yep, yup, yeah, ya, yea, nah, nope,
    ok so, okay so, so yeah, sup, gotcha, cool cool, aight
    """
)
HESITATION = table(
    """
    oops, whoops, no wait, wait, sorry, um, umm, uh, uhh, uhm, erm, er, hmm, hm, well, so, like, oh, ah,
    you know, i mean, let's see, let me think, basically, turns out, turns out that, it turns out, it turns out that,
    next up, next up is, btw, by the way, oh and, and um, anyway, anyways, oh btw, also btw, yay, woohoo, phew, yess,
    yesss, woo, hooray, whew, oh hey, hmm ok, good grief, quick one, quick thing,
    heads up, just so you know, ugh, argh, damn, crap, shoot,
    dang, omg, good news, tbh, honestly, one more thing, another thing, oh yeah, oh right, oh wait, ok wait, oh no
    """
)
# Left out wherever they stand, not only in front.
MURMURS = ("um", "umm", "uh", "uhh", "uhm", "erm")
POLITE = table(
    """
    please, pls, plz, kindly, just, cld u, cld you, cud u, wld u, wud u, cn u, can ya, could ya, would ya, will ya,
    can yall, go ahead and, would you mind, be a dear and, do me a favor and,
    do me a favour and, if you can, if possible, quickly, can you please, could you please, can u, could u,
    u can, u could, u should, you could,
    can you, could you, would you, will you, can we, could we, shall we, should we, why don't we, why don't you,
    how about we, may i ask you to, i'd like you to,
    i would like you to, i want you to, i need you to, i'd like to ask you to, you should, you can, let's,
    help me, also, and, and also, and then, then, next, after that, lastly, finally, first, plus, and please,
    now, actually, i think, maybe, perhaps, is there a way to, is it possible to, is it possible for you to,
    are there ways to,
    would it be possible to, would it be possible for you to, be sure to, make sure you, find and, do
    """
)
# Said in front only where a known command follows: alone they may be a task's own words.
CAUTIOUS = table(
    """
    first, next, now, do, like, right, google, let's, maybe, perhaps, finally, bot, computer, assistant, i
    guess, i suppose, i know, i believe, quickly, help me, just, hi, hello, be sure to, plus, find and, lastly,
    then, you can, you should, right, i think
    """
)
# Wishes that are commands where a command for the list follows ("i'd like to see my tasks"), else tasks of their own.
WISHES = table(
    """
    i'd like to, i would like to, i want to, i wanna, let me, can i, may i, could i, i'm trying to,
    i am trying to, i wish to, i'd love to, i'd like you to, you need to, you have to, you must, open calendar,
    let's, lets, open my calendar, open the calendar, open lists, open list, open my list, open the list,
    i have decided to, i decided to, i've decided to
    """
)
CLOSERS = table(
    """
    please, pls, plz, thanks, thank you, thank you very much, please and thank you, thanks a lot, thx, ty, cheers,
    for me,
    for me please, if you can, if possible, if you don't mind, ok, okay, would you, will you, could you, olly,
    siri, alexa, right away, btw, by the way, fyi, mate, lol, ok thanks, okay thanks, thanks mate, thanks so much,
    haha, lmao, woohoo, yay, phew, woo, hooray, honestly, exactly, real quick, bro, dude, when you can,
    when you get a chance, when u can, k thx,
    ok thx,
    kthx, ok ty, thank u, tyvm, tysm, if u can, if you would, if you could, will ya, would ya, no rush
    """
)
