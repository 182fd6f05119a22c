-- name: propose
update identity_account set totp = $2, totp_state = 'proposed', totp_step = 0 where id = $1;

-- name: confirm
update identity_account set totp_state = 'on', totp_step = $2 where id = $1;

-- name: drop
update identity_account set totp = null, totp_state = 'off', totp_step = 0 where id = $1;

-- name: delete_codes
delete from identity_recovery where account = $1;

-- name: add_code
insert into identity_recovery (account, code) values ($1, $2);
