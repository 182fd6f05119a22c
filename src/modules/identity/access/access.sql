-- name: add
insert into identity_access (id, account, person, reason, made, made_by, expires)
values ($1, $2, $3, $4, $5, $6, $7);

-- name: by_id
select id, account, person, reason, made, made_by, expires, ended from identity_access
where id = $1;

-- name: count
select count(*) from identity_access where account = $1 and ended is null and expires > $2;

-- name: end
update identity_access set ended = $2 where id = $1;

-- name: to_person
select id, account, person, reason, made, made_by, expires, ended from identity_access
where person = $1 order by id desc limit 200;

-- name: of_account
select id, account, person, reason, made, made_by, expires, ended from identity_access
where account = $1 order by id desc limit 200;

-- name: add_notice
insert into identity_notice (id, account, organisation, kind, subject, made)
values ($1, $2, $3, $4, $5, $6);

-- name: notices_of_account
select id, kind, subject, made from identity_notice where account = $1 order by id desc limit $2;

-- name: notices_of_organisation
select id, kind, subject, made from identity_notice where organisation = $1
order by id desc limit $2;
