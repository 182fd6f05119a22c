-- name: of_number
select id from workflow_task where case_id = $1 and number = $2;

-- name: last_done
select id from workflow_task where case_id = $1 and state = 'done' and done_by = $2
order by done desc, number desc limit 1;
