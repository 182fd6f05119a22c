-- name: by_id
select id, login, name, person, state, language, totp_state, made, last_sign_in
from identity_account where id = $1;

-- name: by_login_key
select id, login, name, person, state, language, totp_state, made, last_sign_in
from identity_account where login_key = $1;

-- name: after
select id, login, name, person, state, language, totp_state, made, last_sign_in
from identity_account
where login_key > $1 and ($5 = '' or state = $5)
  and ($4 = '' or replace(login_key, $3, '') <> login_key or replace(name, $4, '') <> name)
order by login_key limit $2;

-- name: of_person
select id from identity_account where person = $1;

-- name: add
insert into identity_account (id, login, login_key, name, person, state, language, totp_state,
  totp_step, made, made_by)
values ($1, $2, $3, $4, $5, 'invited', $6, 'off', 0, $7, $8);

-- name: disable
update identity_account set state = 'disabled' where id = $1;

-- name: enable
-- Without a password it is as it was: invited.
update identity_account set state = case when password is null then 'invited' else 'active' end
where id = $1;
