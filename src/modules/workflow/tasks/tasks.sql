-- name: roles
select role, organisation from identity_published_grant
where account = $1 and organisation <> 0 and valid_from <= $2
  and (valid_to is null or valid_to > $2)
limit $3;

-- name: on_desk
select due, task from workflow_desk
where role = $1 and owner = $2 and (due, task) > ($3, $4)
order by due, task limit $5;

-- name: on_desk_of_process
select d.due, d.task from workflow_desk d
join workflow_task t on t.id = d.task
join workflow_case c on c.id = t.case_id
where d.role = $1 and d.owner = $2 and (d.due, d.task) > ($3, $4) and c.process = $6
order by d.due, d.task limit $5;

-- What was taken on by a role of a party by somebody who does not hold it any more (has_still).
-- name: left
select d.due, d.task
from identity_published_grant g
join workflow_desk d on d.role = '~' || g.role and d.owner = g.organisation
join workflow_task t on t.id = d.task
where g.account = $1 and g.organisation <> 0 and g.valid_from <= $2
  and (g.valid_to is null or g.valid_to > $2) and (d.due, d.task) > ($3, $4)
  and ($6 = '' or exists (select 1 from workflow_case c where c.id = t.case_id and c.process = $6))
  and not exists (
    select 1 from identity_published_owner o
    join identity_published_grant h on h.account = o.id
    join registry_published_ancestry s on s.ancestor = h.organisation
    where (o.id = t.assignee or o.person = t.assignee) and h.role = g.role
      and s.organisation = t.organisation and h.valid_from <= $2
      and (h.valid_to is null or h.valid_to > $2))
  and not exists (
    select 1 from workflow_case_event e join workflow_task n on n.id = e.task
    where e.case_id = t.case_id and n.node = t.node and e.whom = t.assignee
      and e.verb in ('transfer', 'delegate', 'add_signer'))
order by d.due, d.task limit $5;

-- name: desks, of one
select role, owner from workflow_desk where task = $1;

-- A person's name by a query of its own: SQLite makes the whole of a view that it joins outwards.
-- name: shown
select t.id, t.case_id, c.process, v.name, t.node, t.name, t.role, t.organisation,
  coalesce(o.name, ''), c.organisation, coalesce(co.name, ''), c.person,
  coalesce((select name from registry_published_member where person = c.person), ''), t.assignee,
  coalesce((select name from registry_published_member where person = t.assignee), aa.name, ''),
  t.state, t.outcome, t.opened, t.due, t.done,
  coalesce(da.name, ''), t.urged, t.late, t.reminded, ''
from workflow_task t
join workflow_case c on c.id = t.case_id
join workflow_version v on v.id = c.version
left join registry_published_organisation o on o.id = t.organisation
left join registry_published_organisation co on co.id = c.organisation
left join identity_published_account aa on aa.id = t.assignee
left join identity_published_account da on da.id = t.done_by
where t.id in (select value from json_each($1));

-- name: of_case
select id from workflow_task where case_id = $1 order by number limit $2;

-- name: open_of_element
select id from workflow_task where case_id = $1 and node = $2 and state = 'open'
order by number limit $3;

-- A task, and its case as `held` has it.
-- name: place, of one
select t.number, t.organisation, t.node, t.state, t.done, coalesce(a.name, ''),
  coalesce(t.done_by, 0),
  c.id, c.version, c.process, c.organisation, c.person, c.status, c.revision, c.state
from workflow_task t
join workflow_case c on c.id = t.case_id
left join identity_published_account a on a.id = t.done_by
where t.id = $1;

-- name: open_place, of one
select number, organisation from workflow_task where id = $1 and state = 'open';

-- When a step came up, now and for the first time.
-- name: openings, of one
select t.opened, (select min(f.opened) from workflow_task f
                  where f.case_id = t.case_id and f.node = t.node)
from workflow_task t where t.id = $1;

-- Whether somebody acted in a case, or was shown it.
-- name: acted, of one
select 1 from workflow_case_event
where case_id = $1 and (account = $2 or whom = $2 or (whom = $3 and $3 <> 0)) limit 1;

-- Whether somebody did something in a case.
-- name: took_part, of one
select 1 from workflow_case_event where case_id = $1 and account = $2 limit 1;

-- name: owner
select id, person from identity_published_owner where id = $1 or (person = $1 and $1 <> 0) limit 1;

-- Whether somebody is a full member in good standing of an organisation, or of one below it.
-- name: may_be_elected, of one
select 1 from registry_published_member m
join registry_published_ancestry s on s.organisation = m.organisation
where m.person = $1 and s.ancestor = $2 and m.stage = 'full' and m.status = 'normal' limit 1;
