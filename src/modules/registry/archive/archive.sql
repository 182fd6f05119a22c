-- name: source_by_name
select id, rank from registry_source where name = $1;

-- name: add_source
insert into registry_source (id, name, rank) values ($1, $2, $3);

-- name: set_rank
update registry_source set rank = $2 where id = $1;

-- name: source_by_id
select id, rank from registry_source where id = $1;

-- name: last_origin
select source, batch from registry_field where subject = $1 and field = $2 order by recorded desc
  limit 1;

-- name: add_change
-- Later changes stand later, also when the clock stands still or goes backwards.
insert into registry_field (subject, field, recorded, before, source, actor, batch)
select $1, $2, case when max(recorded) >= $3 then max(recorded) + 1 else $3 end, $4, $5, $6, $7
from registry_field where subject = $1 and field = $2;

-- name: conflict_known
select id from registry_conflict where subject = $1 and field = $2 and other_key = $3 and source =
  $4;

-- name: add_conflict
insert into registry_conflict (id, subject_kind, subject, field, other, other_key, source, batch,
  state)
values ($1, $2, $3, $4, $5, $6, $7, $8, 'open')
on conflict (subject, field, other_key) do nothing;

-- name: history
select f.subject, f.field, f.before, s.name, f.recorded
from registry_field f left join registry_source s on s.id = f.source
where f.subject = $1 or f.subject in (select id from registry_person where merged_into = $1)
order by f.recorded desc, f.field limit 500;
