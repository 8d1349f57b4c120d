"""Which contacts, segments, alerts and states follow from the events of a queue_log?

SQL over the kept events, so that order cannot matter. A *visit* is one ENTERQUEUE of one call into one queue with
everything that follows it there, up to the next ENTERQUEUE of the same call into the same queue. A visit without
ENTERQUEUE is a fragment: its beginning is reckoned back from its own hold and talk seconds. The words :source, :origin
and :timezone are filled in by the load.
"""

from __future__ import annotations

_ENDINGS = """('COMPLETEAGENT', 'COMPLETECALLER', 'TRANSFER', 'BLINDTRANSFER', 'ATTENDEDTRANSFER',
  'ABANDON', 'EXITWITHTIMEOUT', 'EXITEMPTY', 'EXITWITHKEY', 'WITHDRAW', 'SYSCOMPAT')"""
_TALKED = "('COMPLETEAGENT', 'COMPLETECALLER', 'TRANSFER', 'BLINDTRANSFER', 'ATTENDEDTRANSFER')"
_TRANSFERS = "('TRANSFER', 'BLINDTRANSFER', 'ATTENDEDTRANSFER')"
_RINGS = "('RINGNOANSWER', 'RINGCANCELED', 'AGENTDUMP')"
_OUT_ENDINGS = """('OUTANSWER', 'OUTCANCEL', 'OUTCHANUNAVAIL', 'OUTCONGESTION', 'OUTNOANSWER', 'OUTBUSY', 'OUTFAILED',
  'OUTCALL')"""

# Longest hold or talk that is taken as true: a week. Beyond it, or below nothing, the number is left out and flagged.
_LONGEST = 604_800

_SANE = f"""
select * replace (
    case when hold_seconds between 0 and {_LONGEST} then hold_seconds end as hold_seconds,
    case when talk_seconds between 0 and {_LONGEST} then talk_seconds end as talk_seconds),
  coalesce(hold_seconds not between 0 and {_LONGEST}, false) or coalesce(talk_seconds not between 0 and {_LONGEST}, false)
    as impossible
from event
where queue_key is not null and event in ('ENTERQUEUE', 'CONNECT', 'RINGNOANSWER', 'RINGCANCELED', 'AGENTDUMP',
  {_ENDINGS.strip().strip("()")})
"""

# Calls that need care: entered a queue other than once, answered or ended more than once, or with events before entry.
# All others, nearly all, have one visit whose events need no order: that spares a sort of the whole log.
_TANGLED = f"""
select call_id, queue_key from sane group by all
having count(*) filter (where event = 'ENTERQUEUE') <> 1
  or count(*) filter (where event = 'CONNECT') > 1
  or count(*) filter (where event in {_ENDINGS}) > 1
  or min(happened_at) < min(happened_at) filter (where event = 'ENTERQUEUE')
"""

# An event belongs to the visit that the last ENTERQUEUE before it opened. Where none precedes it, it belongs to a lost
# earlier visit, unless its own hold and talk say that it began with the first known one (clocks are cut to seconds).
_VISIT_EVENT = """
with ordered as (
  select s.*,
    row_number() over in_order as place,
    count(*) filter (where event = 'ENTERQUEUE') over in_order as entered,
    min(happened_at) filter (where event = 'ENTERQUEUE') over (partition by call_id, queue_key) as first_entered_at
  from sane as s semi join tangled as t on s.call_id = t.call_id and s.queue_key = t.queue_key
  window in_order as (
    partition by call_id, queue_key
    order by happened_at, event_rank, position nulls last, event_key rows unbounded preceding)
), assigned as (
  select * exclude (entered, first_entered_at), case
    when entered > 0 then entered
    when first_entered_at is not null and happened_at
      - to_microseconds(cast(1e6 * (coalesce(hold_seconds, 0) + coalesce(talk_seconds, 0)) as bigint))
      >= first_entered_at - interval 2 seconds then 1
    else 0 end as assigned_visit
  from ordered
), lost as (
  select call_id, queue_key from assigned where assigned_visit = 0 group by all
)
select a.* exclude (assigned_visit), cast(a.assigned_visit + if(l.call_id is null, 0, 1) as varchar) as visit
from assigned as a left join lost as l on a.call_id = l.call_id and a.queue_key = l.queue_key
union all by name
select s.*, 1 as place, '1' as visit
from sane as s anti join tangled as t on s.call_id = t.call_id and s.queue_key = t.queue_key
"""

_VISIT = f"""
with gathered as (
  select call_id, queue_key, visit,
    min(happened_at) filter (where event = 'ENTERQUEUE') as entered_at,
    arg_min(customer_key, place) filter (where event = 'ENTERQUEUE' and customer_key is not null) as customer_key,
    min(happened_at) filter (where event = 'CONNECT') as connected_at,
    arg_min(hold_seconds, place) filter (where event = 'CONNECT') as connect_hold,
    arg_min(ring_seconds, place) filter (where event = 'CONNECT') as ring_seconds,
    arg_min(identity_key, place) filter (where event = 'CONNECT') as connect_agent,
    min(place) filter (where event in {_ENDINGS}) as ending_place,
    arg_min(event, place) filter (where event in {_ENDINGS}) as ending,
    arg_min(happened_at, place) filter (where event in {_ENDINGS}) as ended_at,
    arg_min(hold_seconds, place) filter (where event in {_ENDINGS}) as ending_hold,
    arg_min(talk_seconds, place) filter (where event in {_ENDINGS}) as ending_talk,
    arg_min(identity_key, place) filter (where event in {_ENDINGS}) as ending_agent,
    max(happened_at) as last_at,
    bool_or(event in {_ENDINGS} or event in ('ENTERQUEUE', 'CONNECT')) as is_visit
  from visit_event group by all
), restart as (
  select happened_at as restarted_at from system_event where event = 'QUEUESTART'
), cut as (
  -- A restart long after a call's last event did not end it: bounded, so that it does not matter what else is loaded.
  select g.*, case when g.ending is null and r.restarted_at <= g.last_at + interval 6 days then r.restarted_at end
      as restarted_at,
    g.connected_at is not null or coalesce(g.ending in {_TALKED}, false) as answered
  from gathered as g asof left join restart as r on g.last_at < r.restarted_at
  where g.is_visit
), timed as (
  select *, coalesce(connect_hold, ending_hold) as told_wait,
    coalesce(connected_at, case when answered then
      ended_at - to_microseconds(cast(1e6 * coalesce(ending_talk, 0) as bigint)) end) as answered_at
  from cut
), whole as (
  select *, coalesce(answered_at, ended_at, last_at) as left_at from timed
)
select call_id, queue_key, visit, customer_key, ending, answered, answered_at, ring_seconds, ending_place,
  coalesce(entered_at, left_at - to_microseconds(cast(1e6 * coalesce(told_wait, 0) as bigint))) as entered_at,
  coalesce(ended_at, restarted_at) as ended_at,
  restarted_at is not null as cut_off,
  coalesce(told_wait, case when answered or ending is not null then
    case when left_at >= entered_at then epoch(left_at - entered_at) end end) as wait_seconds,
  case when answered and ending in {_TALKED} then coalesce(ending_talk, epoch(ended_at - answered_at)) end as talk_seconds,
  case
    when answered then 'answered'
    when ending = 'ABANDON' then 'abandoned'
    when ending in ('EXITWITHTIMEOUT', 'EXITEMPTY', 'EXITWITHKEY', 'WITHDRAW') then 'flowed_out'
    when ending = 'SYSCOMPAT' or restarted_at is not null then 'failed' end as outcome,
  coalesce(connect_agent, case when answered then ending_agent end) as agent_key,
  entered_at is null or (answered and connected_at is null) as incomplete,
  call_id || '/' || hex(queue_key) || '/' || visit as native_id
from whole
"""

# Outbound calls of PBXware (OUTDIAL ... OUTANSWER) and of Asterisk's QueueUpdate (OUTCALL alone).
_OUTBOUND = f"""
with dialled as (
  select *,
    row_number() over in_order as place,
    greatest(1, count(*) filter (where event = 'OUTDIAL') over in_order) as visit
  from event where event = 'OUTDIAL' or event in {_OUT_ENDINGS}
  window in_order as (partition by call_id, identity_key order by happened_at, event_rank, event_key rows unbounded preceding)
), gathered as (
  select call_id, identity_key, visit, any_value(queue_key) as queue_key,
    min(happened_at) filter (where event = 'OUTDIAL') as dialled_at,
    arg_min(customer_key, place) filter (where customer_key is not null) as customer_key,
    arg_min(event, place) filter (where event in {_OUT_ENDINGS}) as ending,
    arg_min(happened_at, place) filter (where event in {_OUT_ENDINGS}) as ended_at,
    arg_min(ring_seconds, place) filter (where event in {_OUT_ENDINGS}) as ring_seconds,
    arg_min(talk_seconds, place) filter (where event in {_OUT_ENDINGS}) as talk_seconds,
    arg_min(detail, place) filter (where event in {_OUT_ENDINGS}) as detail
  from dialled group by call_id, identity_key, visit
)
select *, ending = 'OUTANSWER' or (ending = 'OUTCALL' and coalesce(talk_seconds, 0) > 0) as answered,
  ended_at - to_microseconds(cast(1e6 * coalesce(talk_seconds, 0) as bigint)) as answered_at,
  call_id || '/out/' || coalesce(hex(identity_key), '') || '/' || visit as native_id
from gathered
"""

PREPARE = {
    "sane": _SANE,
    "tangled": _TANGLED,
    "visit_event": _VISIT_EVENT,
    "visit": _VISIT,
    "outbound": _OUTBOUND,
}

_CONTACT = f"""
select
  fact_key(:source, :origin, 'contact', native_id) as contact_key,
  fact_key(:source, :origin, 'chain', call_id) as chain_key,
  row_number() over (partition by call_id order by entered_at, native_id) = 1 as first_in_chain,
  queue_key, 'voice' as channel, 'inbound' as direction, customer_key, entered_at,
  case when answered then answered_at end as answered_at, ended_at, wait_seconds, outcome,
  agent_key as answered_by,
  case when ending in {_TALKED} then agent_key end as first_agent,
  case when ending in {_TALKED} then agent_key end as last_agent,
  answered and coalesce(ending in {_TALKED}, false) as handled, incomplete
from visit
union all by name
select
  fact_key(:source, :origin, 'contact', native_id) as contact_key,
  fact_key(:source, :origin, 'chain', call_id) as chain_key,
  visit = 1 as first_in_chain,
  queue_key, 'voice' as channel, 'outbound' as direction, customer_key, coalesce(dialled_at, answered_at, ended_at) as entered_at,
  case when answered then answered_at end as answered_at, ended_at,
  case when answered then 'answered' when ending is not null then 'failed' end as outcome,
  case when answered then identity_key end as answered_by,
  case when answered then identity_key end as first_agent,
  case when answered then identity_key end as last_agent,
  coalesce(answered, false) as handled, dialled_at is null and ending <> 'OUTCALL' as incomplete
from outbound
"""

_SEGMENT = f"""
select
  fact_key(:source, :origin, 'segment', native_id) as segment_key,
  fact_key(:source, :origin, 'contact', native_id) as contact_key,
  agent_key as identity_key, queue_key, 'voice' as channel, 'inbound' as direction,
  entered_at, answered_at, ended_at,
  case when ending in {_TALKED} then ended_at end as wrapped_at,
  ring_seconds, talk_seconds,
  coalesce(ending in {_TALKED}, false) as handled,
  coalesce(ending in {_TRANSFERS}, false) as transferred_out,
  case ending when 'COMPLETEAGENT' then 'agent' when 'COMPLETECALLER' then 'customer'
    else case when ending in {_TRANSFERS} then 'transfer' when cut_off then 'system' end end as ended_by,
  incomplete
from visit where answered and agent_key is not null
union all by name
select
  fact_key(:source, :origin, 'segment', native_id) as segment_key,
  fact_key(:source, :origin, 'contact', native_id) as contact_key,
  identity_key, queue_key, 'voice' as channel, 'outbound' as direction,
  coalesce(dialled_at, answered_at) as entered_at, answered_at, ended_at, ended_at as wrapped_at,
  ring_seconds, talk_seconds, true as handled, coalesce(detail = 'TRANSFER', false) as transferred_out,
  case detail when 'COMPLETEAGENT' then 'agent' when 'COMPLETECALLER' then 'customer' when 'TRANSFER' then 'transfer' end
    as ended_by,
  dialled_at is null and ending <> 'OUTCALL' as incomplete
from outbound where answered and identity_key is not null
"""

_ALERT = f"""
select e.event_key as alert_key,
  fact_key(:source, :origin, 'contact', e.call_id || '/' || hex(e.queue_key) || '/' || e.visit) as contact_key,
  e.identity_key, e.queue_key, 'voice' as channel, 'inbound' as direction, e.happened_at as rang_at, e.ring_seconds,
  case when e.event = 'CONNECT' then 'answered'
    when e.event in ('RINGNOANSWER', 'AGENTDUMP') then 'no_answer'
    else 'caller_gave_up' end as outcome
from visit_event as e
where e.identity_key is not null and (e.event in {_RINGS} or e.event in ('CONNECT', 'ABANDON'))
"""

_FLAG = f"""
select e.event_key, e.line, 'repeated_end' as code
from visit_event as e join visit as v on e.call_id = v.call_id and e.queue_key = v.queue_key and e.visit = v.visit
where e.event in {_ENDINGS} and e.place > v.ending_place
union all
select event_key, line, 'impossible_seconds' from visit_event where impossible
union all
select e.event_key, e.line, 'ended_before_answered'
from visit_event as e join visit as v on e.call_id = v.call_id and e.queue_key = v.queue_key and e.visit = v.visit
where e.event in {_TALKED} and v.answered_at > v.ended_at
"""

FLAG_MEANINGS = {
    "repeated_end": "the call had ended already; the first end counts",
    "impossible_seconds": "hold or talk below nothing or above a week; that number is left out",
    "ended_before_answered": "the call ends before it is answered; the written seconds are taken",
}

# Agents' time lines. A place is a queue that was joined, or the log-in itself. An agent is there while any place is
# joined; paused while all places are, or by PAUSEALL. A restart of the telephone system ends everything.
_STATES = """
with place as (
  select identity_key, coalesce(hex(queue_key), 'log-in') as place, happened_at, event_rank, event_key,
    case when event in ('ADDMEMBER', 'AGENTLOGIN', 'AGENTCALLBACKLOGIN') then 1 else 0 end as present
  from agent_event
  where event in ('ADDMEMBER', 'REMOVEMEMBER', 'AGENTLOGIN', 'AGENTLOGOFF', 'AGENTCALLBACKLOGIN', 'AGENTCALLBACKLOGOFF')
), hush as (
  select identity_key, coalesce(hex(queue_key), 'all') as place, happened_at, event_rank, event_key,
    case when event in ('PAUSE', 'PAUSEALL') or (event = 'ADDMEMBER' and detail = 'PAUSED') then 1 else 0 end as paused,
    case when event in ('PAUSE', 'PAUSEALL') then coalesce(detail, '') end as detail
  from agent_event
  where event in ('PAUSE', 'UNPAUSE', 'PAUSEALL', 'UNPAUSEALL', 'ADDMEMBER', 'REMOVEMEMBER')
), restart as (
  select distinct happened_at from system_event where event = 'QUEUESTART'
), place_all as (
  from place union all by name
  select p.identity_key, p.place, r.happened_at, -1 as event_rank, ''::blob as event_key, 0 as present
  from (select identity_key, place, min(happened_at) as since from place group by all) as p, restart as r
  where r.happened_at > p.since
), hush_all as (
  from hush union all by name
  select h.identity_key, h.place, r.happened_at, -1 as event_rank, ''::blob as event_key, 0 as paused, null as detail
  from (select identity_key, place, min(happened_at) as since from hush group by all) as h, restart as r
  where r.happened_at > h.since
), step as (
  select identity_key, happened_at, present - coalesce(lag(present) over w, 0) as present_step,
    if(place = 'log-in', 0, present - coalesce(lag(present) over w, 0)) as queue_step,
    0 as paused_step, 0 as all_step, 0 as talk_step, 0 as end_step, null::varchar as detail
  from place_all window w as (partition by identity_key, place order by happened_at, event_rank, event_key)
  union all by name
  select identity_key, happened_at, 0 as present_step, 0 as queue_step,
    if(place = 'all', 0, paused - coalesce(lag(paused) over w, 0)) as paused_step,
    if(place = 'all', paused - coalesce(lag(paused) over w, 0), 0) as all_step, 0 as talk_step, 0 as end_step, detail
  from hush_all window w as (partition by identity_key, place order by happened_at, event_rank, event_key)
  union all by name
  select identity_key, answered_at as happened_at, 0 as present_step, 0 as queue_step, 0 as paused_step, 0 as all_step,
    1 as talk_step, 0 as end_step, null as detail from talk
  union all by name
  select identity_key, greatest(ended_at, answered_at) as happened_at, 0 as present_step, 0 as queue_step, 0 as paused_step,
    0 as all_step, -1 as talk_step, if(handled, 1, 0) as end_step, null as detail from talk where ended_at is not null
), instant as (
  -- As doubles: running sums of the engine's wide integers take four times as long.
  select identity_key, happened_at, cast(sum(present_step) as double) as present_step,
    cast(sum(queue_step) as double) as queue_step, cast(sum(paused_step) as double) as paused_step,
    cast(sum(all_step) as double) as all_step, cast(sum(talk_step) as double) as talk_step,
    cast(sum(end_step) as double) as end_step, max(detail) as detail
  from step group by identity_key, happened_at
), level as (
  select identity_key, happened_at, sum(present_step) over w as present, sum(queue_step) over w as queues,
    sum(paused_step) over w as paused, sum(all_step) over w as paused_all, sum(talk_step) over w as talking,
    sum(end_step) over w as ends, last_value(detail ignore nulls) over w as detail
  from instant
  window w as (partition by identity_key order by happened_at rows unbounded preceding)
), classed as (
  select identity_key, happened_at, ends,
    case
      when present <= 0 then 'offline'
      when talking > 0 then 'productive_contact'
      when paused_all > 0 or (paused > 0 and paused >= queues) then case
        when regexp_matches(lower(detail), 'train|coach|meeting|project|huddle|feedback|admin|back.?office') then 'aux_work'
        when regexp_matches(lower(detail), 'fault|system|technical|auto-?pause') then 'system_fault'
        else 'break' end
      else 'available' end as state,
    case when talking <= 0 and (paused_all > 0 or (paused > 0 and paused >= queues)) then nullif(detail, '') end as detail
  from level
), changed as (
  select * from classed window w as (partition by identity_key order by happened_at)
  qualify state is distinct from lag(state) over w or detail is distinct from lag(detail) over w
), stretch as (
  select identity_key, state, detail, happened_at as started_at, lead(happened_at) over w as ended_at,
    coalesce(lead(ends) over w, ends) - ends as handled_count
  from changed window w as (partition by identity_key order by happened_at)
), present as (
  select *, date_trunc('day', timezone(:timezone, started_at)) as first_midnight,
    date_trunc('day', timezone(:timezone, coalesce(ended_at - interval 1 microsecond, started_at))) as last_midnight
  from stretch where state <> 'offline'
), piece as (
  select *, unnest(generate_series(first_midnight, last_midnight, interval 1 day)) as midnight
  from present where first_midnight <> last_midnight
), cut as (
  select identity_key, state, detail, started_at, ended_at, handled_count from present where first_midnight = last_midnight
  union all
  select identity_key, state, detail,
    greatest(started_at, timezone(:timezone, midnight)) as started_at,
    least(ended_at, timezone(:timezone, midnight + interval 1 day)) as ended_at,
    if(midnight = last_midnight, handled_count, 0) as handled_count
  from piece
)
select fact_key(:source, :origin, 'state_interval', hex(identity_key) || '/' || epoch_us(started_at)) as state_key,
  identity_key, state, detail, started_at, ended_at, epoch(ended_at - started_at) as seconds,
  cast(handled_count as integer) as handled_count
from cut
"""

DERIVE = {
    "contact": _CONTACT,
    "segment": _SEGMENT,
    "alert": _ALERT,
    "flag": _FLAG,
    "state_interval": _STATES,
}
