-- name: account_of
select id, state from identity_account where person = $1;

-- name: bind
update identity_account set person = $2 where id = $1;

-- name: accesses
select id from identity_access where person = $1 order by id limit $2;

-- name: move_access
update identity_access set person = $3 where id = $1 and person = $2;
