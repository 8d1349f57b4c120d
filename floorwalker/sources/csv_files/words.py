"""What do cells usually call an outcome, a channel, a direction, a state, yes, no and nobody?

To teach the guess another word, add it here: nothing else needs to change.
"""

from __future__ import annotations

# What an agent's cell holds when nobody is meant.
NOBODY = frozenset(
    "none|[none]|(none)|no agent|unassigned|not assigned|unknown|(blank)|nobody|system|not available|undefined|nil|"
    "nicht zugewiesen|non attribué|sin asignar".split("|")
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
# What the answers to a question of an evaluation stand for: the share that was met, or that it did not apply.
MET_WORDS = {
    **dict.fromkeys((*YES_WORDS, "pass", "passed", "met", "achieved", "compliant", "erfüllt"), "1"),
    **dict.fromkeys((*NO_WORDS, "fail", "failed", "not met", "not achieved", "non-compliant", "missed"), "0"),
    **dict.fromkeys(("na", "n.a.", "not applicable", "nicht anwendbar"), "none"),
}

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
