-- name: by_login
select id, login, coalesce(person, 0), state, password, totp, totp_state, totp_step
from identity_account where login_key = $1;

-- name: by_id
select id, login, coalesce(person, 0), state, password, totp, totp_state, totp_step
from identity_account where id = $1;

-- name: known
select kind from identity_known
where account = $1 and ((kind = 'device' and key = $2) or (kind = 'address' and key = $3));

-- name: know
insert into identity_known (account, kind, key, last_seen) values ($1, $2, $3, $4)
on conflict (account, kind, key) do update set last_seen = excluded.last_seen;

-- name: trim_known
delete from identity_known where account = $1 and kind = $2 and key not in (
  select key from identity_known where account = $1 and kind = $2
  order by last_seen desc, key limit $3);

-- name: set_password
update identity_account set password = $2 where id = $1;

-- name: set_signed_in
update identity_account set last_sign_in = $2 where id = $1;

-- name: take_step
update identity_account set totp_step = $2 where id = $1 and totp_step < $2;

-- name: take_recovery
delete from identity_recovery where account = $1 and code = $2;

-- name: session_before
select s.account, coalesce(a.person, 0) from identity_session s
join identity_account a on a.id = s.account where s.token = $1;

-- name: delete_session
delete from identity_session where token = $1;
