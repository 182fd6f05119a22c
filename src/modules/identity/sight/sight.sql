-- name: running
select v.id, v.session, v.account, v.seen, v.expires
from identity_sight v join identity_session s on s.id = v.session
where v.expires > $1 and v.ended is null order by v.id limit $2;

-- name: add
insert into identity_sight (id, session, account, seen, purpose, made, expires)
values ($1, $2, $3, $4, $5, $6, $7);

-- name: end_of
update identity_sight set ended = $2 where id = $1 and ended is null;

-- name: list
select v.id, v.account, a.name, v.seen, b.name, v.purpose, v.made, v.expires, v.ended
from identity_sight v
join identity_account a on a.id = v.account
join identity_account b on b.id = v.seen
where v.seen = $1 or v.account = $1
order by v.id desc limit $2;
