-- name: held
select id, version, process, organisation, person, status, revision, state
from workflow_case where id = $1;

-- name: add
insert into workflow_case (id, version, process, organisation, person, status, revision, state,
  started, started_by, ended)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, null);

-- name: set_state
update workflow_case set status = $2, revision = $3, state = $4, ended = $5, person = $6
where id = $1;

-- name: add_event
insert into workflow_case_event (id, case_id, task, at, verb, account, whom, outcome, reason)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: add_task
insert into workflow_task (id, case_id, number, node, name, role, organisation, assignee, state,
  outcome, opened, due, done, done_by, urged, late)
values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', '', $9, $10, null, 0, 0, 0);

-- name: task_numbered
select id, organisation from workflow_task where case_id = $1 and number = $2 and state = 'open';

-- name: end_task
update workflow_task set state = $2, outcome = $3, done = $4, done_by = $5 where id = $1;

-- name: set_assignee
update workflow_task set assignee = $2, urged = $3 where id = $1;

-- name: add_desk
insert into workflow_desk (role, owner, due, task) values ($1, $2, $3, $4) on conflict do nothing;

-- name: clear_desk
delete from workflow_desk where task = $1;

-- name: set_timer
insert into workflow_timer (what, owner, due) values ($1, $2, $3)
on conflict (what, owner) do update set due = excluded.due;

-- name: clear_timer
delete from workflow_timer where what = $1 and owner = $2;

-- The organisation itself or the next above it where somebody holds the role today.
-- name: holder_above
select s.ancestor from registry_published_ancestry s
where s.organisation = $1 and exists (
  select 1 from identity_published_grant g
  where g.organisation = s.ancestor and g.role = $2 and g.valid_from <= $3
    and (g.valid_to is null or g.valid_to > $3))
order by s.depth limit 1;

-- name: superior
select ancestor from registry_published_ancestry where organisation = $1 and depth = 1;

-- The committees above, the nearest first.
-- name: committees_above
select s.ancestor from registry_published_ancestry s
join registry_published_organisation o on o.id = s.ancestor
where s.organisation = $1 and o.kind in ('committee', 'working_committee')
order by s.depth limit 2;

-- Whether an organisation stands below another, in whichever structure.
-- name: stands_below
select 1 from registry_published_standing where organisation = $1 and ancestor = $2 limit 1;

-- name: holds
select 1 from identity_published_grant
where account = $1 and role = $2 and organisation = $3 and valid_from <= $4
  and (valid_to is null or valid_to > $4)
limit 1;
