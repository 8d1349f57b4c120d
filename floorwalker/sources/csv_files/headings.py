"""What do headings usually call the things that we know?

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
    "evaluator": (
        "evaluator", "evaluator name", "evaluated by", "assessor", "assessed by", "auditor", "audited by", "reviewer", "reviewed by",
        "scored by", "graded by", "grader", "marked by", "rater", "qa analyst", "quality analyst", "qa agent", "monitored by", "prüfer",
        "évaluateur", "evaluador",
    ),
    "form": ("form", "form name", "evaluation form", "scorecard", "scorecard name", "checklist", "evaluation template"),
    "form_version": ("form version", "scorecard version", "version"),
    "evaluated": (
        "evaluated", "evaluation date", "evaluation time", "evaluated at", "evaluated on", "audit date", "audited", "review date",
        "reviewed", "assessment date", "assessed", "scored at", "marked at", "monitoring date", "evaluation completed",
        "evaluation submit timestamp", "evaluation submitted",
    ),
    "released": ("released", "release date", "released at", "published at", "shared with agent"),
    "acknowledged": ("acknowledged", "acknowledged at", "acknowledgement date", "signed off", "agent acknowledged"),
    "fatal": ("fatal", "fatal error", "auto fail", "autofail", "automatic fail", "critical fail", "zero tolerance"),
    "vulnerable": ("vulnerable", "vulnerable customer", "vulnerability"),
    "missed_complaint": ("missed complaint", "complaint missed"),
    "disputed": ("disputed", "dispute", "appealed", "appeal"),
    "overturned": ("overturned", "dispute upheld", "appeal upheld", "score changed"),
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
        "quality score", "qa score", "qm score", "evaluation score", "audit score", "overall score", "score percentage", "quality",
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
