-- name: add
insert into api_job (id, kind, organisation, account, own, input, state, part, rows, result, error,
  attempts, created, started, finished)
values ($1, $2, $3, $4, $5, $6, 'waiting', 0, 0, '{}', '', 0, $7, 0, 0);

-- name: waiting
select count(*) from api_job where state = 'waiting' and kind = $1;

-- name: open_of_account
select count(*) from api_job where state in ('waiting', 'running') and kind = $1 and account = $2;

-- name: next
select id, kind, organisation, account, input, attempts from api_job
where state in ('waiting', 'running') and kind = $1 order by id limit 1;

-- name: open
select kind, input from api_job where id = $1 and state in ('waiting', 'running');

-- name: begin
update api_job set state = 'running', attempts = attempts + 1, started = $2, part = 0
where id = $1 and state in ('waiting', 'running');

-- name: put_back
update api_job set state = 'waiting', attempts = attempts - 1 where id = $1 and state = 'running';

-- name: finish
update api_job set state = $2, result = $3, error = $4, finished = $5, part = $6, rows = $7,
  input = '{}'
where id = $1 and state in ('waiting', 'running');

-- name: find
select id, kind, organisation, state, part, rows, created, started, finished, result, error
from api_job where id = $1;

-- name: of_organisation
select id, kind, organisation, state, part, rows, created, started, finished, result, error
from api_job where organisation = $1 and own = 0 order by id desc limit $2;

-- name: of_account
select id, kind, organisation, state, part, rows, created, started, finished, result, error
from api_job where account = $1 order by id desc limit $2;

-- name: organisation_of
-- Jobs of no organisation are the system's.
select organisation from api_job where id = $1 and own = 0 and organisation <> 0;

-- name: account_of
select account from api_job where id = $1;
