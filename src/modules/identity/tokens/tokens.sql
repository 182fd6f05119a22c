-- name: add
insert into identity_token (id, token, account, name, permissions, made, expires)
values ($1, $2, $3, $4, $5, $6, $7);

-- name: count
select count(*) from identity_token where account = $1 and expires > $2;

-- name: by_token
select id, account, permissions, expires from identity_token where token = $1;

-- name: delete_one
delete from identity_token where id = $2 and account = $1;

-- name: list
select id, name, permissions, made, expires, last_used from identity_token
where account = $1 order by id desc limit 200;

-- name: set_last_used
update identity_token set last_used = $2 where id = $1 and (last_used is null or last_used < $2);
