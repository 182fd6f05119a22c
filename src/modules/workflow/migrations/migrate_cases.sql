-- name: of_version
select id, organisation from workflow_case
where version = $1 and status in ('running', 'suspended') order by id;

-- name: set_version
update workflow_case set version = $2, revision = $3, state = $4 where id = $1;
