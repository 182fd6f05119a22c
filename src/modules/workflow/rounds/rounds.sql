-- name: members
select person, name from registry_published_member
where organisation = $1 and status = 'normal' order by person limit $2;

-- name: running
select id from workflow_case
where person = $1 and process = $2 and status in ('running', 'suspended') order by id desc limit 1;
