-- name: open
select c.id, c.subject_kind, c.subject, c.field, c.other, coalesce(s.name, ''), coalesce(s.rank,
  50), c.state
from registry_conflict c left join registry_source s on s.id = c.source
where c.state = 'open' and c.id > $1 order by c.id limit $2;

-- name: by_id
select c.id, c.subject_kind, c.subject, c.field, c.other, coalesce(s.name, ''), coalesce(s.rank,
  50), c.state
from registry_conflict c left join registry_source s on s.id = c.source
where c.id = $1;

-- name: set_state
update registry_conflict set state = $2 where id = $1;

-- name: add_decided
insert into registry_conflict (id, subject_kind, subject, field, other, other_key, source, batch,
  state)
values ($1, $2, $3, $4, $5, $6, $7, $8, 'kept')
on conflict (subject, field, other_key) do update set state = 'kept';

-- name: subject
select subject_kind, subject from registry_conflict where id = $1;
