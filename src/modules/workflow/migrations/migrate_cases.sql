-- name: of_version
select id, organisation from workflow_case
where version = $1 and status in ('running', 'suspended') order by id;

-- name: set_version
update workflow_case set version = $2, revision = $3, state = $4 where id = $1;

-- name: open_tasks
select id, number, organisation, opened from workflow_task where case_id = $1 and state = 'open'
order by number;

-- What an open task is now; with another day ($7: 0) it is neither late nor reminded of any more.
-- name: set_task
update workflow_task set name = $2, role = $3, organisation = $4, assignee = $5, due = $6,
  late = late * $7, reminded = reminded * $7
where id = $1;
