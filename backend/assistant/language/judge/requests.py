"""What people ask for that this program surely can't do: devices, music, contacts, codes, other programs."""

from ..pattern import either
from .kind import PLEASE, of

_DEVICES = (
    r"(?:tv|television|telly|lights?|lamps?|netflix|spotify|youtube|hulu|music|radio|stereo|speakers?|thermostat|"
    r"air conditioner|ac|volume|brightness|wifi|bluetooth|camera|flashlight|torch|vacuum|roomba|smart plug|smart "
    r"socket|"
    r"channel|podcasts?|playlist|song|songs|news|microphone|screen)"
)
_LISTS = (
    r"(?:(?:it|them|everything|all)|(?:(?:my|the|all|our) )+(?:[\w'-]+ )?(?:lists?|tasks|todos|to-dos|to dos|items|"
    r"reminders))"
)

REQUESTS = (
    of(
        "beyond",
        "turn|switch|put|start|open|launch|play|stop|pause|set|mute|dim|raise|lower|change|resume|skip|brighten",
        rf"{PLEASE}(?:turn|switch|put|start|open|launch|play|stop|pause|mute|dim|brighten|resume|unmute)(?: (?:on|"
        rf"off|up|down|"
        rf"out|over|on to|to))?(?: (?:the|my|some|all|all the|a|this|that))*(?: (?:living room|bedroom|kitchen|"
        rf"bathroom|"
        rf"hallway|office|house|room|smart))? {_DEVICES}(?: (?:on|off|up|down|over|out))?(?: (?:to|by|at|in|for) "
        rf".{{1,200}})?"
        r"(?: (?:please|now))?[.!? ]*$",
    ),
    of(
        "beyond",
        "thermostat|heating|volume|brightness|lights|temperature",
        rf"{PLEASE}(?:set|change|raise|lower|increase|decrease|adjust|put|bring) (?:the|my) (?:[\w'-]+ "
        rf")?(?:thermostat|"
        r"heating|volume|brightness|lights|temperature) (?:to|up|down|by|at|in) .{1,200}",
    ),
    of(
        "beyond",
        "sort|order|group|arrange|reorder|rearrange|organize|organise",
        rf"{PLEASE}(?:sort|order|group|arrange|reorder|rearrange|organi[sz]e) {_LISTS}\b(?: (?:in|by|alphabetically|"
        r"chronologically|from|so|with|into|for me|please|again|now)\b.{0,200})?[.!? ]*$",
    ),
    of(
        "beyond",
        "collaborator|member|contacts|public|private|premium|subscription to this|subscription to the app",
        rf"{PLEASE}(?:(?:add|make|invite) .{{1,200}} (?:as )?(?:a |an )?(?:collaborator|member)(?: .{{0,200}})?|add "
        rf".{{1,200}} to my "
        rf"contacts|make "
        r"(?:my|this|the) (?:[\w'-]+ )?lists? (?:public|private)|upgrade me .{0,200}|(?:cancel|end|stop) my "
        r"(?:subscription|"
        r"membership) (?:to|of|for) (?:this|the|your) (?:app|program|service))[.!? ]*$",
        added=True,
    ),
    of(
        "beyond",
        "playlist|contact",
        rf"{PLEASE}(?:add|put|save) (?:.{{1,200}} (?:to|on|in|into) (?:my |the |a |our )?(?:[\w'-]+ "
        rf"){{0,3}}(?:playlists?|"
        r"contacts?(?: list| book)?)|(?:to|on) (?:my |the )?(?:[\w'\"-]+ ){0,3}playlists? .{1,200})[.!? ]*$",
        added=True,
    ),
    of(
        "beyond",
        "pin|password|passcode|passphrase|volume|brightness",
        rf"{PLEASE}(?:(?:go ahead and|i (?:want|need|would like)(?: you)? to|i'd like to) )?(?:change|set|reset|"
        rf"update|"
        r"make) (?:the |my |our )?(?:[\w'-]+ ){0,3}(?:pin|password|passcode|passphrase)(?: (?:number|code))?"
        r"(?: (?:on|for|of|to) .{1,80})?? (?:to|as)(?: be)? \S{1,40}[.!? ]*$|"
        r"(?:the )?(?:volume|brightness) (?:should|must|needs to|has to) be .{1,80}",
    ),
    of(
        "beyond",
        "robot|coffee m|smart",
        rf"{PLEASE}(?:(?:start|stop|activate|deactivate|enable|disable|run|launch|initiate|turn|switch|open)(?: (?:on|"
        r"off|up))?|get|make) (?:(?:the|my|our|a) )?(?:robot(?:ic)?s?(?: vacuum)?(?: cleaner)?|vacuum robot|cleaner "
        r"robot|coffee (?:maker|machine)|smart (?:plug|socket|plug socket|bulb|speaker))(?: (?:on|off|up|start(?:ed)?|"
        r"running|going|please|now|for me|in the [\w'-]+))*[.!? ]*$",
    ),
    of(
        "beyond",
        "reservation|booking",
        r"(?:(?:please|hey|so),? )*(?:(?:can|could|will|would) you|i(?:'d| would)? (?:want|need|like) you to)(?: "
        r"please)? "
        r"(?:confirm|verify|check|double check|make sure)(?: (?:on|if|that|for me|whether))*"
        r" (?:(?:i|we) (?:still )?have |(?:my|our|the) )(?:[\w':-]+ ){0,4}(?:reservations?|bookings?)\b.{0,120}",
    ),
    of(
        "beyond",
        "tweet|twitter|facebook|instagram",
        rf"{PLEASE}(?:tweet (?:that|this|at|to|about)\b.{{1,200}}|(?:send|create|write|compose|make|post) (?:a|an|the|"
        r"this|my)? ?(?:new )?(?:tweet|status|facebook post)\b.{0,200}|post (?:to|on) (?:twitter|facebook|instagram)\b"
        r".{0,200}|open (?:up )?(?:twitter|facebook|instagram)\b.{0,200})",
    ),
    of(
        "beyond",
        "sync",
        rf"{PLEASE}sync(?:hroni[sz]e)?(?: (?:my|the|all|this|these|it|them|everything))*(?: [\w'-]+){{0,2}}? "
        rf"(?:with|to|and)"
        rf" (?:my |the |a )?(?:{either(('google', 'outlook', 'apple', 'phone', 'ical', 'icloud', 'calendar'))})",
    ),
)  # fmt: skip
