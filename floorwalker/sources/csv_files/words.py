"""What do headings usually call the things that we know, and what do cells usually call an outcome, a channel, a state?

Phrases are words of a heading in lower case, in any order; the more words of a heading a phrase explains, the better it
fits. To teach the guess another word, add it here: nothing else needs to change.
"""

from __future__ import annotations

PHRASES: dict[str, tuple[str, ...]] = {
    "id": (
        "id", "unique id", "uniqueid", "uuid", "guid", "call id", "callid", "contact id", "ticket id", "case id", "case number",
        "ticket number", "chat id", "interaction id", "conversation id", "session id", "record id", "reference", "survey id",
    ),
    "chain": ("linkedid", "linked id", "parent id", "master contact id", "thread id", "initial contact id"),
    "contact": ("contact id", "call id", "ticket id", "conversation id", "interaction id", "case id"),
    "agent": (
        "agent", "agent name", "agent id", "rep", "sales rep", "representative", "advisor", "adviser", "operator", "csr", "assignee",
        "assigned to", "handled by", "answered by", "employee", "consultant", "agent login", "owner", "agent email",
    ),
    "team": (
        "team", "team name", "supervisor", "team leader", "team lead", "agent group", "group", "department", "supervisor name",
    ),
    "queue": ("queue", "queue name", "skill", "skill group", "skillset", "split", "vdn", "service line", "dnis", "line of business"),
    "reason": (
        "topic", "reason", "contact reason", "call reason", "category", "issue type", "ticket type", "call type", "subject", "intent",
        "query type", "request type", "case type", "issue category", "enquiry type",
    ),
    "disposition": (
        "disposition", "wrap code", "wrapup code", "wrap up code", "result code", "resolution code", "call result", "closing code",
    ),
    "customer": (
        "customer phone", "phone number", "caller id", "callerid", "caller number", "caller", "from number", "ani", "msisdn",
        "customer number", "customer id", "customer email", "email", "email address", "phone", "mobile number", "from", "src",
    ),
    "outcome": (
        "answered", "abandoned", "outcome", "status", "call status", "result", "call result", "answer status", "disposition",
        "call outcome", "missed", "contact status",
    ),
    "channel": ("channel", "channel name", "media", "media type", "contact channel", "ticket channel", "medium", "contact method"),
    "direction": ("direction", "call direction", "call type", "inbound outbound", "contact direction"),
    "resolved": ("resolved", "solved", "resolution", "first call resolution", "first contact resolution", "fcr", "issue resolved"),
    "transferred": ("transferred", "transfer", "escalated"),
    "state": ("state", "agent state", "status", "agent status", "activity", "aux", "presence"),
    "entered": (
        "entered", "created", "opened", "reported", "received", "queued", "arrived", "start", "started", "call start", "start time",
        "date", "datetime", "date time", "timestamp", "time stamp", "call date", "calldate", "contact date", "call time", "created at",
        "call date time", "queue entry", "offered at", "initiated", "submitted", "issue reported", "arrival time", "begin", "when",
    ),
    "answered": (
        "answered", "answer", "responded", "first response", "response", "connected", "picked up", "answer time", "answered at",
        "first response time", "first reply", "connect time",
    ),
    "ended": (
        "ended", "end", "end time", "closed", "resolved", "solved", "completed", "finished", "hangup", "hang up", "disconnect",
        "resolution", "resolution time", "closed at", "ended at", "disconnected", "call end",
    ),
    "started": ("start", "started", "start time", "begin", "from", "state start", "since", "timestamp", "date time"),
    "stopped": ("end", "ended", "end time", "stop", "until", "to", "state end"),
    "survey_invited": ("survey sent", "survey invited", "survey invitation", "survey offered", "survey date sent", "invitation"),
    "survey_answered": (
        "survey response", "survey response date", "survey date", "survey answered", "survey completed", "rated", "rating date",
        "feedback date", "feedback time", "survey", "response date", "csat date",
    ),
    "wait": (
        "wait", "wait time", "waiting time", "speed of answer", "answer speed", "queue time", "time in queue", "asa", "hold time in queue",
        "queue wait", "time to answer", "wait seconds", "queue duration", "seconds to answer",
    ),
    "ring": ("ring", "ring time", "ringing", "ring duration", "ring seconds"),
    "talk": (
        "talk", "talk time", "talk duration", "talking", "billsec", "conversation time", "call duration", "duration", "call length",
        "talk seconds", "conversation duration", "call time",
    ),
    "hold": ("hold", "hold time", "hold duration", "on hold", "hold seconds"),
    "wrap_up": ("wrap", "wrap up", "wrapup", "acw", "after call work", "wrap up time", "after call", "wrap time", "after contact work"),
    "handle": ("handle time", "handling time", "handle", "aht", "handled time", "service time", "total handle time"),
    "lasted": ("duration", "length", "seconds", "time in state", "total time"),
    "score": (
        "csat", "csat score", "satisfaction", "satisfaction rating", "satisfaction score", "rating", "score", "customer satisfaction",
        "survey score", "stars", "nps", "nps score", "customer rating", "feedback score", "ces",
    ),
}  # fmt: skip

# A heading with one of these words is about something else, whatever other words it holds.
OTHER_MATTERS = frozenset(
    "order purchase purchased birth product item price invoice delivery shipping payment renewal contract warranty hire age dob".split()
)
# Words that fill a heading without saying anything about it.
FILLERS = frozenset(
    "of in the at a an and is was for by seconds second secs sec minutes min mins hours hh mm ss y n yes no avg average "
    "total number no utc local gmt customer's agent's ms".split()
)
# A column that names a person other than the agent never becomes an attribute: names must not reach the facts.
PEOPLE = frozenset(
    "manager director head coach trainer evaluator assessor auditor leader supervisor employee staff person user "
    "email mail phone mobile telephone address login".split()
)
# What a person is, not what a contact is: never taken without being asked.
SENSITIVE = frozenset(
    "gender sex age religion ethnicity race nationality disability marital pregnant birth health orientation".split()
)
# People write sentences under such headings.
FREE_TEXT = frozenset(
    "remark remarks comment comments note notes description message feedback verbatim text transcript body".split()
)
# Counted things in the plural: a file with such numbers in its rows holds totals, not contacts.
COUNTED = frozenset(
    "calls contacts tickets chats emails interactions conversations volume offered handled abandoned abandons answered received "
    "incoming inbound cases sessions count".split()
)

OUTCOME_WORDS: dict[str, str] = {
    word: meaning
    for meaning, words in {
        "answered": "answered|answer|connected|completed|complete|handled|completeagent|completecaller|success|successful|served|closed|"
        "resolved|solved|pending|pending customer response|contacted",
        "abandoned": "abandoned|abandon|hung up|hangup|missed|no answer|noanswer|no_answer|lost|unanswered|dropped|not answered|"
        "caller hung up|caller abandoned|gave up",
        "flowed_out": "overflow|overflowed|flowed out|exitwithtimeout|timeout|redirected|diverted",
        "callback_taken": "callback|call back|callback requested|callback taken",
        "voicemail": "voicemail|voice mail|left message|left voicemail",
        "self_served": "self service|self served|self-service|contained|bot|ivr",
        "failed": "busy|failed|congestion|error|blocked|chanunavail",
        "open": "open|waiting|new|queued|in queue",
        "in_progress": "in progress|in_progress|talking|ongoing|active|assigned",
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
        "inbound": "inbound|in|incoming|incall|inbound call|received|queue",
        "outbound": "outbound|out|outgoing|outcall|outbound call|dialled|dialed|manual",
        "internal": "internal|int|local",
    }.items()
    for word in words.split("|")
}
STATE_WORDS: dict[str, str] = {
    word: meaning
    for meaning, words in {
        "productive_contact": "on call|talking|in call|busy|on contact|acw|after call work|wrap up|wrap-up|wrapup|hold|on hold|handling|"
        "interacting|in chat|ringing|engaged",
        "available": "available|ready|idle|waiting|on queue|free|auto in|auto-in",
        "aux_work": "training|coaching|meeting|team meeting|project|aux|back office|admin|not ready|huddle|evaluation|unavailable",
        "break": "break|lunch|meal|rest|toilet|comfort break|tea|tea break|coffee",
        "system_fault": "system issue|system down|technical issue|it issue|fault|not responding|outage",
        "offline": "offline|logged out|logout|log out|logged off|signed out|off|absent",
    }.items()
    for word in words.split("|")
}
YES_WORDS = frozenset("y yes true 1 t ja oui si sí x ✓".split())
NO_WORDS = frozenset("n no false 0 f nein non".split())
