-- name: account
select id, coalesce(person, 0), state, language, totp_state from identity_account where id = $1;

-- name: holdings
select role, organisation, structure, valid_from, valid_to from identity_grant
where account = $1 and (valid_to is null or (valid_to > $2 and valid_to > valid_from))
order by id desc limit $3;

-- name: accesses
select person, expires from identity_access where account = $1 and ended is null
order by expires desc limit $2;
