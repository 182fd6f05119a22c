-- name: add
insert into identity_link (token, account, purpose, made, expires) values ($1, $2, $3, $4, $5);

-- name: by_token
select account, purpose, expires from identity_link where token = $1;

-- name: delete_of_account
delete from identity_link where account = $1 or expires <= $2;

-- name: delete_one
delete from identity_link where token = $1;

-- name: set_password
update identity_account set password = $2, state = 'active' where id = $1 and state <> 'disabled';
