-- name: keep, of one
insert into workflow_case_answer (event, case_id, answer) values ($1, $2, $3);

-- The latest first. Corrected is what did not lead on: the step came again with the answer itself,
-- with a step back, or with a withdrawal. What comes again later is another round.
-- name: of_case
select a.event, t.node, e.account, coalesce(c.name, ''), e.at, a.answer, e.task,
  case when e.verb not in ('approve', 'reject') then 1
       else coalesce((
         select case when n.opened = e.at or exists (
             select 1 from workflow_case_event b where b.case_id = $1 and b.at = n.opened
               and b.verb in ('send_back', 'withdraw')) then 1 else 0 end
         from workflow_task n
         where n.case_id = $1 and n.node = t.node and n.number > t.number and n.opened >= e.at
         order by n.number limit 1), 0) end
from workflow_case_answer a
join workflow_case_event e on e.id = a.event
join workflow_task t on t.id = e.task
left join identity_published_account c on c.id = e.account
where a.case_id = $1 order by a.event desc limit $2;

-- name: persons
select person, name from registry_published_member
where person in (select value from json_each($1));

-- name: organisations
select id, name from registry_published_organisation
where id in (select value from json_each($1));
