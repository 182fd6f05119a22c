-- name: add
insert into api_job (id, kind, organisation, account, input, state, part, result, error, attempts,
  created, started, finished)
values ($1, $2, $3, $4, $5, 'waiting', 0, '{}', '', 0, $6, 0, 0);

-- name: waiting
select count(*) from api_job where state = 'waiting';

-- name: next
select id, kind, organisation, account, input, attempts from api_job
where state in ('waiting', 'running') order by id limit 1;

-- name: begin
update api_job set state = 'running', attempts = attempts + 1, started = $2, part = 0
where id = $1 and state in ('waiting', 'running');

-- name: finish
update api_job set state = $2, result = $3, error = $4, finished = $5, part = $6 where id = $1;

-- name: state_of
select state from api_job where id = $1;

-- name: find
select id, kind, organisation, state, part, created, started, finished, result, error
from api_job where id = $1;

-- name: of_organisation
select id, kind, organisation, state, part, created, started, finished, result, error
from api_job where organisation = $1 order by id desc limit $2;

-- name: organisation_of
-- Jobs of no organisation are the system's.
select organisation from api_job where id = $1 and organisation <> 0;
