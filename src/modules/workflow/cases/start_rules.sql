-- name: member
select status, stage from registry_published_member where person = $1;

-- name: running_about
select id from workflow_case
where person = $1 and process = $2 and status in ('running', 'suspended') order by id limit $3;

-- name: running_in
select id from workflow_case
where organisation = $1 and process = $2 and status in ('running', 'suspended')
order by id limit $3;

-- name: of_the_party
select 1 from registry_published_ancestry where organisation = $1 limit 1;
