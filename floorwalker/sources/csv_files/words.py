"""What do headings usually call the things that we know, and what do cells usually call an outcome, a channel, a state?

Phrases are words of a heading in lower case, in any order; the more words of a heading a phrase explains, the better it
fits. To teach the guess another word, add it here: nothing else needs to change. German, French and Spanish headings
stand beside the English ones where exports of contact-centre systems use them.
"""

from __future__ import annotations

PHRASES: dict[str, tuple[str, ...]] = {
    "id": (
        "id", "unique id", "uniqueid", "uuid", "guid", "call id", "callid", "contact id", "ticket id", "case id", "case number",
        "ticket number", "chat id", "interaction id", "conversation id", "session id", "record id", "reference", "survey id", "ref",
        "segment external id", "external id", "response id", "respondent id", "member uuid", "member session uuid", "task sid",
        "anruf id", "vorgangsnummer", "identifiant", "identificador",
    ),
    "chain": (
        "linkedid", "linked id", "parent id", "master contact id", "thread id", "initial contact id", "call id", "callid", "contact id",
        "interaction id", "conversation id", "session id", "unique id", "uniqueid", "ticket id", "case id", "anruf id",
    ),
    "contact": ("contact id", "call id", "ticket id", "conversation id", "interaction id", "case id"),
    "agent": (
        "agent", "agent name", "agent id", "rep", "sales rep", "representative", "advisor", "adviser", "operator", "csr", "assignee",
        "assigned to", "handled by", "answered by", "employee", "consultant", "agent login", "owner", "agent email", "operator nick",
        "teammate", "teammate assigned", "assignee name", "case owner", "ticket owner", "conversation owner", "employee name", "staff",
        "staff member", "worker", "worker name", "agent username", "taken by", "call taker", "resolved by", "closed by", "who took",
        "interacted users", "mitarbeiter", "bearbeiter", "sachbearbeiter", "berater", "conseiller", "agente", "operador", "asesor",
        "assignee id", "owner id", "responder id", "responder", "worker sid",
        "user", "user name", "username", "name", "extension", "destination", "to",
    ),
    "team": (
        "team", "team name", "supervisor", "team leader", "team lead", "agent group", "group", "group id", "department",
        "supervisor name",
        "abteilung", "équipe", "equipo",
    ),
    "queue": (
        "queue", "queue name", "skill", "skill name", "skill group", "skillset", "split", "vdn", "service line", "dnis",
        "line of business",
        "ring group", "csq", "task queue name", "warteschlange", "file attente", "cola", "line",
    ),
    "reason": (
        "topic", "reason", "contact reason", "call reason", "category", "issue type", "ticket type", "call type", "subject", "intent",
        "query type", "request type", "case type", "issue category", "enquiry type", "case reason", "ticket form", "thema", "motif",
        "motivo",
    ),
    "disposition": (
        "disposition", "wrap code", "wrapup code", "wrap up code", "result code", "resolution code", "call result", "closing code",
        "disp name",
    ),
    "customer": (
        "customer phone", "phone number", "caller id", "callerid", "caller number", "caller", "from number", "ani", "msisdn",
        "customer number", "customer id", "customer email", "email", "email address", "phone", "mobile number", "from", "src",
        "contact phone number", "external number", "customer phone number", "remote", "customer endpoint address", "requester id",
        "member cid number", "ani from", "rufnummer", "telefonnummer", "numéro appelant",
    ),
    "outcome": (
        "answered", "abandoned", "outcome", "status", "call status", "result", "call result", "answer status", "disposition",
        "call outcome", "missed", "contact status", "action result", "abandonment", "queue abandonment", "handled", "call type",
        "abandon", "cause", "statut",
        "estado", "ergebnis",
    ),
    "channel": (
        "channel", "channel name", "media", "media type", "contact channel", "ticket channel", "medium", "contact method",
        "source", "origin", "case origin", "ticket source", "communication channel", "kanal", "canal",
    ),
    "direction": (
        "direction", "call direction", "call type", "inbound outbound", "contact direction", "initial direction", "initiation method",
        "richtung",
    ),
    "resolved": ("resolved", "solved", "resolution", "first call resolution", "first contact resolution", "fcr", "issue resolved"),
    "transferred": ("transferred", "transfer", "escalated"),
    "state": ("state", "agent state", "status", "agent status", "activity", "aux", "presence", "activity name", "worker activity"),
    "entered": (
        "entered", "created", "opened", "reported", "received", "queued", "arrived", "start", "started", "call start", "start time",
        "date", "datetime", "date time", "timestamp", "time stamp", "call date", "calldate", "contact date", "call time", "created at",
        "call date time", "queue entry", "offered at", "initiated", "submitted", "issue reported", "arrival time", "begin", "when",
        "create date", "creation date", "initiation timestamp", "ticket created", "queued at", "date started", "started at", "datum",
        "joined", "queue joined", "member joined time", "datum uhrzeit", "beginn", "erstellt", "zeitstempel", "date heure", "début",
        "fecha", "fecha hora", "inicio",
    ),
    "answered": (
        "answered", "answer", "responded", "first response", "response", "connected", "picked up", "answer time", "answered at",
        "first response time", "first reply", "connect time", "connected agent timestamp", "first teammate reply",
        "initial response time",
        "first agent response date", "queue answered", "agent answered time", "first responded at",
    ),
    "ended": (
        "ended", "end", "end time", "closed", "resolved", "solved", "completed", "finished", "hangup", "hang up", "disconnect",
        "resolution", "resolution time", "closed at", "ended at", "disconnected", "call end", "close date", "last close", "date closed",
        "disconnect timestamp", "terminated", "queue terminated", "bridge terminated time", "ticket solved", "ende", "fin",
    ),
    "started": (
        "start", "started", "start time", "begin", "from", "state start", "state start time", "since", "timestamp", "date time",
        "event time", "date",
    ),
    "stopped": ("end", "ended", "end time", "stop", "until", "to", "state end", "state end time"),
    "survey_invited": ("survey sent", "survey invited", "survey invitation", "survey offered", "survey date sent", "invitation"),
    "survey_answered": (
        "survey response", "survey response date", "survey date", "survey answered", "survey completed", "rated", "rating date",
        "feedback date", "feedback time", "survey", "response date", "csat date",
    ),
    "wait": (
        "wait", "wait time", "waiting time", "speed of answer", "answer speed", "queue time", "time in queue", "asa",
        "hold time in queue",
        "queue wait", "time to answer", "wait seconds", "queue duration", "seconds to answer", "queue wait time", "queue", "in queue",
        "waited", "t acd", "t wait", "queue duration",
        "wartezeit", "temps attente", "tiempo espera",
    ),
    "ring": ("ring", "ring time", "ringing", "ring duration", "ring seconds", "t alert", "alert time"),
    "talk": (
        "talk", "talk time", "talk duration", "talking", "billsec", "conversation time", "call duration", "duration", "call length",
        "talk seconds", "conversation duration", "call time", "agent interaction duration", "interaction duration", "chat duration",
        "time call", "in call", "t talk complete", "t talk", "agent time", "gesprächsdauer", "gesprächszeit", "sprechzeit", "dauer",
        "durée conversation", "durée",
        "tiempo conversación", "duración",
    ),
    "hold": (
        "hold", "hold time", "hold duration", "on hold", "hold seconds", "customer hold duration", "t held complete", "t held",
        "haltezeit",
    ),
    "wrap_up": (
        "wrap", "wrap up", "wrapup", "acw", "after call work", "wrap up time", "after call", "wrap time", "after contact work",
        "after call work time", "after contact work duration", "nachbearbeitung", "nachbearbeitungszeit",
    ),
    "handle": ("handle time", "handling time", "handle", "aht", "handled time", "service time", "total handle time"),
    "lasted": ("duration", "length", "seconds", "time in state", "total time"),
    "score": (
        "csat", "csat score", "satisfaction", "satisfaction rating", "satisfaction score", "rating", "score", "customer satisfaction",
        "survey score", "stars", "customer rating", "feedback score", "conversation rating", "rate", "satisfied", "happy",
        "survey result",
        "zufriedenheit", "bewertung", "satisfacción", "ces", "nps", "nps score", "recommend",
    ),
}  # fmt: skip

# Headings made of known words without a space between them, such as TALKTIME, are cut into these.
KNOWN_WORDS = frozenset(word for phrases in PHRASES.values() for phrase in phrases for word in phrase.split())
# Headings under which agents stand in some exports and customers, queues or anything else in others: believed only
# where few values come again and again.
UNSURE_AGENT = frozenset("user name username extension destination owner staff to".split())
# What an agent's cell holds when nobody is meant.
NOBODY = frozenset(
    "none|[none]|(none)|no agent|unassigned|not assigned|unknown|(blank)|nobody|system|not available|undefined|nil|"
    "nicht zugewiesen|non attribué|sin asignar".split("|")
)
# A heading with one of these words is about something else, whatever other words it holds.
OTHER_MATTERS = frozenset(
    "order purchase purchased birth product item price invoice delivery shipping payment renewal contract warranty hire age dob".split()
)
# Words that fill a heading without saying anything about it.
FILLERS = frozenset(
    "of in the at a an and is was for by seconds second secs sec minutes min mins hours hh mm ss y n yes no avg average "
    "total number no utc local gmt customer's agent's ms unix epoch tz offset incl days de la le les du des d l el der "
    "die das von et und cc".split()
)
# Words of a heading that say that it counts time.
MEASURED = frozenset(
    "seconds second secs sec minutes min mins hours hrs milliseconds ms duration total avg average time hh mm ss dauer durée".split()
)
# A column that names a person other than the agent never becomes an attribute: names must not reach the facts.
PEOPLE = frozenset(
    "manager director head coach trainer evaluator assessor auditor leader supervisor employee staff person user "
    "email mail phone mobile telephone address login owner assignee operator party destination extension teammate nick worker "
    "mitarbeiter bearbeiter berater conseiller".split()
)
# What a person is, not what a contact is: never taken without being asked.
SENSITIVE = frozenset(
    "gender sex age religion ethnicity race nationality disability marital pregnant birth health orientation".split()
)
# Scores that somebody else than the customer gave.
OTHER_SCORES = frozenset(
    "quality qa qm evaluation audit compliance sentiment lead credit risk health calibration".split()
)
# People write sentences under such headings.
FREE_TEXT = frozenset(
    "remark remarks comment comments note notes description message feedback verbatim text transcript body".split()
)
# Counted things in the plural: a file with such numbers in its rows holds totals, not contacts.
COUNTED = frozenset(
    "calls contacts tickets chats emails interactions conversations volume offered handled abandoned abandons answered received "
    "incoming inbound cases sessions count acdcalls abncalls holdcalls".split()
)

# What an Asterisk queue log writes for its events: rows with these are steps of a call, not calls.
QUEUE_EVENTS = frozenset(
    "queuestart configreload enterqueue did connect completeagent completecaller abandon exitwithtimeout exitempty exitwithkey "
    "ringnoanswer ringcanceled blindtransfer attendedtransfer transfer agentdump syscompat addmember removemember pause unpause "
    "pauseall unpauseall agentlogin agentlogoff agentcallbacklogin agentcallbacklogoff outdial outanswer outcancel".split()
)

OUTCOME_WORDS: dict[str, str] = {
    word: meaning
    for meaning, words in {
        "answered": "answered|answer|connected|completed|complete|handled|completeagent|completecaller|success|successful|served|closed|"
        "resolved|solved|contacted|ans|accepted|transferred|angenommen|beantwortet|répondu|répondue|atendida|contestada",
        "abandoned": "abandoned|abandon|hung up|hangup|missed|no answer|noanswer|no_answer|lost|unanswered|dropped|not answered|"
        "caller hung up|caller abandoned|gave up|verloren|aufgelegt|nicht angenommen|verpasst|abandonné|abandonnée|manqué|manquée|"
        "cancel|cancelled|canceled|abandonada|perdida|abd|abn|aband|short abandon|rejected|declined",
        "flowed_out": "overflow|overflowed|flowed out|exitwithtimeout|timeout|redirected|diverted",
        "callback_taken": "callback|call back|callback requested|callback taken",
        "voicemail": "voicemail|voice mail|left message|left voicemail|messagerie|vm",
        "self_served": "self service|self served|self-service|contained|bot|ivr",
        "failed": "busy|failed|congestion|error|blocked|chanunavail",
        "open": "open|waiting|new|queued|in queue|offen|neu",
        "in_progress": "in progress|in_progress|talking|ongoing|active|assigned|pending|pending customer response|on hold|on-hold|hold|"
        "waiting on us|waiting on contact|waiting on customer|waiting on third party|snoozed|escalated|working|in bearbeitung",
    }.items()
    for word in words.split("|")
}
CHANNEL_WORDS: dict[str, tuple[str, str | None]] = {
    word: (channel, direction)
    for (channel, direction), words in {
        ("voice", None): "voice|phone|call|telephone|telephony|pstn|call center|call centre|hotline",
        ("voice", "inbound"): "inbound|inbound call|incall|incoming|incoming call|phone in",
        ("voice", "outbound"): "outbound|outbound call|outcall|outgoing|outgoing call|phone out|dialler|dialer",
        ("email", None): "email|e-mail|mail",
        ("chat", None): "chat|live chat|web chat|webchat|chatbot|in-app chat",
        ("messaging", None): "sms|text|whatsapp|messenger|messaging|telegram|line|wechat|in-app|message",
        ("social", None): "social|social media|twitter|x|facebook|instagram|tweet|reddit",
        ("callback", None): "callback|call back",
        ("task", None): "task|web|web form|webform|form|portal|letter|post|fax|walk-in|branch|ticket",
    }.items()
    for word in words.split("|")
}
DIRECTION_WORDS: dict[str, str] = {
    word: meaning
    for meaning, words in {
        "inbound": "inbound|in|incoming|incall|inbound call|received|queue|transfer|queue_transfer|eingehend|entrant",
        "outbound": "outbound|out|outgoing|outcall|outbound call|dialled|dialed|manual|callback|ausgehend|sortant",
        "internal": "internal|int|local",
    }.items()
    for word in words.split("|")
}
STATE_WORDS: dict[str, str] = {
    word: meaning
    for meaning, words in {
        "productive_contact": "on call|talking|in call|busy|on contact|acw|after call work|wrap up|wrap-up|wrapup|hold|on hold|handling|"
        "interacting|in chat|ringing|engaged|work|reserved|after contact work|post call",
        "available": "available|ready|idle|waiting|on queue|free|auto in|auto-in|logged in|logged-in|login|log in",
        "aux_work": "training|coaching|meeting|team meeting|project|aux|back office|admin|not ready|huddle|evaluation|unavailable",
        "break": "break|lunch|meal|rest|toilet|comfort break|tea|tea break|coffee",
        "system_fault": "system issue|system down|technical issue|it issue|fault|not responding|outage",
        "offline": "offline|logged out|logged-out|logout|log out|logged off|logoff|signed out|off|absent",
    }.items()
    for word in words.split("|")
}
YES_WORDS = frozenset("y yes true 1 t ja oui si sí x ✓".split())
NO_WORDS = frozenset("n no false 0 f nein non".split())

_PARTS_OF_OUTCOMES = (
    (
        "abandoned",
        ("no answer", "not answered", "unanswered", "noanswer", "missed", "abandon", "hung up", "hangup", "hang up"),
    ),
    ("voicemail", ("voicemail", "voice mail")),
    ("callback_taken", ("callback", "call back")),
)


def outcome_of(word: str) -> str | None:
    """Our word for an outcome: that of the whole word, else that of a telling part; None where neither is known."""
    plain = " ".join(word.casefold().replace("_", " ").split())
    known = OUTCOME_WORDS.get(word.casefold()) or OUTCOME_WORDS.get(plain)
    parts = (meaning for meaning, parts in _PARTS_OF_OUTCOMES if any(part in plain for part in parts))
    return known or next(parts, None)


def direction_of(word: str) -> str | None:
    """Our word for a direction, of the whole word or its first part (outbound_missed)."""
    plain = word.casefold()
    return DIRECTION_WORDS.get(plain) or {"outbound": "outbound", "outgoing": "outbound", "inbound": "inbound"}.get(
        plain.replace("_", " ").split(" ")[0]
    )
