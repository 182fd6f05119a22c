-- Its subject and who sends it stand in its state.
-- name: head
select c.id, c.process, v.name, c.version, v.version, c.organisation, coalesce(o.name, ''),
  c.person, coalesce((select name from registry_published_member where person = c.person), ''),
  c.status, c.revision, c.started, coalesce(a.name, ''), c.ended, '', ''
from workflow_case c
join workflow_version v on v.id = c.version
left join registry_published_organisation o on o.id = c.organisation
left join identity_published_account a on a.id = c.started_by
where c.id = $1;

-- name: events
select e.id, e.task, coalesce(t.node, e.element), coalesce(t.name, ''), e.at, e.verb,
  coalesce(a.name, ''),
  coalesce((select name from registry_published_member where person = e.whom), w.name, ''),
  e.outcome, e.reason,
  case when e.verb = 'approve' and exists (select 1 from workflow_task n where n.case_id = $1
    and n.node = t.node and n.number > t.number and n.opened = e.at) then 1 else 0 end
from workflow_case_event e
left join workflow_task t on t.id = e.task
left join identity_published_account a on a.id = e.account
left join identity_published_account w on w.id = e.whom
where e.case_id = $1 order by e.id desc limit $2;

-- name: organisation
select organisation from workflow_case where id = $1;

-- name: name_of
select coalesce((select name from registry_published_member where person = $1),
  (select name from identity_published_account where id = $1), '');
