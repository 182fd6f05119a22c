-- name: add
insert into identity_session (id, token, account, made, last_used, address, agent)
values ($1, $2, $3, $4, $4, $5, $6);

-- name: by_token
select id, account, made, last_used from identity_session where token = $1;

-- name: renew
update identity_session set token = $3 where id = $2 and account = $1;

-- name: trim
delete from identity_session where account = $1 and id not in (
  select id from identity_session where account = $1 order by id desc limit $2);

-- name: delete_one
delete from identity_session where id = $2 and account = $1;

-- name: delete_all
delete from identity_session where account = $1 and id <> $2;

-- name: list
select id, made, last_used, address, agent, 0 from identity_session
where account = $1 and last_used > $2 and made > $3 order by id desc;

-- name: ended
select value from json_each($1)
where not exists (select 1 from identity_session s join identity_account a on a.id = s.account
    where s.id = value and s.last_used > $2 and s.made > $3 and a.state = 'active')
  and not exists (select 1 from identity_token t join identity_account a on a.id = t.account
    where t.id = value and t.expires > $4 and a.state = 'active');

-- name: set_last_used
update identity_session set last_used = $2 where id = $1 and last_used < $2;

-- name: delete_expired
delete from identity_session where last_used <= $1 or made <= $2;
