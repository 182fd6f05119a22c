-- What is of one case is of a case or a task of it, by its id: commands of different cases do not
-- meet there (db::Connection::about).

-- name: held, of one
select id, version, process, organisation, person, status, revision, state
from workflow_case where id = $1;

-- name: held_many
select id, version, process, organisation, person, status, revision, state
from workflow_case where id in (select value from json_each($1));

-- name: add, of one
insert into workflow_case (id, version, process, organisation, person, status, revision, state,
  started, started_by, ended)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, null);

-- name: set_state, of one
update workflow_case set status = $2, revision = $3, state = $4, ended = $5, person = $6
where id = $1;

-- name: add_event, of one
insert into workflow_case_event (id, case_id, task, at, verb, account, whom, outcome, reason)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- Of a day or a message that came, by its element.
-- name: add_event_at, of one
insert into workflow_case_event (id, case_id, task, at, verb, account, whom, outcome, reason,
  element)
values ($1, $2, 0, $3, $4, $5, 0, '', '', $6);

-- name: add_task, of one
insert into workflow_task (id, case_id, number, node, name, role, organisation, assignee, state,
  outcome, opened, due, done, done_by, urged, late)
values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', '', $9, $10, null, 0, 0, 0);

-- name: add_done_task, of one
insert into workflow_task (id, case_id, number, node, name, role, organisation, assignee, state,
  outcome, opened, due, done, done_by, urged, late)
values ($1, $2, $3, $4, $5, $6, $7, $8, 'done', $9, $10, $11, $10, $12, 0, 0);

-- name: open_tasks, of one
select id, number, organisation from workflow_task where case_id = $1 and state = 'open';

-- name: end_task, of one
update workflow_task set state = $2, outcome = $3, done = $4, done_by = $5 where id = $1;

-- name: set_assignee, of one
update workflow_task set assignee = $2, urged = $3 where id = $1;

-- name: add_desk, of one
insert into workflow_desk (role, owner, due, task) values ($1, $2, $3, $4);

-- Where it may lie already.
-- name: add_desk_too, of one
insert into workflow_desk (role, owner, due, task) values ($1, $2, $3, $4) on conflict do nothing;

-- name: clear_desk, of one
delete from workflow_desk where task = $1;

-- Where it has none of that kind yet.
-- name: add_timer, of one
insert into workflow_timer (what, owner, due) values ($1, $2, $3);

-- name: set_timer, of one
insert into workflow_timer (what, owner, due) values ($1, $2, $3)
on conflict (what, owner) do update set due = excluded.due;

-- name: clear_timer, of one
delete from workflow_timer where what = $1 and owner = $2;

-- The organisation itself or the next above it where somebody holds the role today.
-- name: holder_above
select s.ancestor from registry_published_ancestry s
where s.organisation = $1 and exists (
  select 1 from identity_published_grant g
  where g.organisation = s.ancestor and g.role = $2 and g.valid_from <= $3
    and (g.valid_to is null or g.valid_to > $3))
order by s.depth limit 1;

-- Whether anybody holds a role at an organisation itself.
-- name: held_there
select 1 from identity_published_grant
where organisation = $1 and role = $2 and valid_from <= $3 and (valid_to is null or valid_to > $3)
limit 1;

-- name: superior
select ancestor from registry_published_ancestry where organisation = $1 and depth = 1;

-- The committees above, the nearest first.
-- name: committees_above
select s.ancestor from registry_published_ancestry s
join registry_published_organisation o on o.id = s.ancestor
where s.organisation = $1 and o.kind in ('committee', 'working_committee')
order by s.depth limit 2;

-- Whether an organisation stands below another, in whichever structure. It stands below few, and
-- ten thousands may stand below the other: + 0 keeps the planner from looking among these.
-- name: stands_below
select 1 from registry_published_standing where organisation = $1 and ancestor + 0 = $2 limit 1;

-- Whether a step of a role is still somebody's: by the role, held there or above, or since it was
-- given to them.
-- name: has_still
select 1 from identity_published_owner o
join identity_published_grant g on g.account = o.id
join registry_published_ancestry s on s.ancestor = g.organisation
where (o.id = $1 or (o.person = $1 and $1 <> 0)) and g.role = $2 and s.organisation = $3
  and g.valid_from <= $4 and (g.valid_to is null or g.valid_to > $4)
union all
select 1 from workflow_case_event e
join workflow_task t on t.id = e.task
where e.case_id = $5 and t.node = $6 and e.whom = $1 and e.whom <> 0
  and e.verb in ('transfer', 'delegate', 'add_signer')
limit 1;

-- name: holds
select 1 from identity_published_grant
where account = $1 and role = $2 and organisation = $3 and valid_from <= $4
  and (valid_to is null or valid_to > $4)
limit 1;
