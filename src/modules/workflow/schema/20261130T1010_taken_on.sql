-- A step that somebody took on by a role lies on a second desk, '~' and the role, where whoever
-- holds the role finds it once the one who has it does not any more. What was claimed before is
-- laid there; what came back to who did it before is found on the page of its case.
insert into workflow_desk (role, owner, due, task)
select '~' || t.role, t.organisation, d.due, t.id
from workflow_task t
join workflow_desk d on d.task = t.id and d.role = '' and d.owner = t.assignee
where t.state = 'open' and t.role <> '' and t.assignee <> 0
  and exists (select 1 from workflow_case_event e where e.case_id = t.case_id and e.task = t.id
              and e.verb = 'claim');
