-- name: cases
select id from workflow_case where person = $1 order by id limit $2;

-- name: move_case
update workflow_case set person = $3 where id = $1 and person = $2;

-- name: letters
select id from workflow_letter where person = $1 order by id limit $2;

-- name: move_letter
update workflow_letter set person = $3 where id = $1 and person = $2;

-- name: tasks
select id from workflow_task where assignee = $1 order by id limit $2;

-- name: move_task
update workflow_task set assignee = $3 where id = $1 and assignee = $2;

-- What lies on the desk of both lies there once.
-- name: desks
select task from workflow_desk where role = '' and owner = $1 order by task limit $2;

-- name: lay
insert into workflow_desk (role, owner, due, task)
select '', $3, due, task from workflow_desk where role = '' and owner = $2 and task = $1
on conflict do nothing;

-- name: take_off
delete from workflow_desk where role = '' and owner = $2 and task = $1;
