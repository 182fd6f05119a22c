-- name: places
select organisation from workflow_case where id = $1
union select organisation from workflow_task where case_id = $1
limit $2;

-- Whether a task of the case lies on the desk of a person or an account.
-- name: on_desk
select 1 from workflow_task t join workflow_desk d on d.task = t.id
where t.case_id = $1 and d.role = '' and (d.owner = $2 or (d.owner = $3 and $3 <> 0)) limit 1;

-- name: open_tasks
select id from workflow_task where case_id = $1 and state = 'open' limit $2;
