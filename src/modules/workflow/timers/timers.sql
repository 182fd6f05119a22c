-- name: due
select what, owner, due from workflow_timer where due <= $1 order by due, what, owner limit $2;

-- name: still_due
select due from workflow_timer where what = $1 and owner = $2 and due <= $3;

-- name: task
select t.case_id, t.organisation, t.role, t.node, t.state, t.due, c.person, c.status
from workflow_task t join workflow_case c on c.id = t.case_id
where t.id = $1;

-- name: set_reminded
update workflow_task set reminded = 1 where id = $1;

-- name: desks, of one
select role, owner from workflow_desk where task = $1 and role not like '~%';

-- name: step
select name from workflow_task where id = $1;

-- name: set_late
update workflow_task set late = 1 where id = $1;
