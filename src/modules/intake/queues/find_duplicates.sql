-- name: with_phones
select id, name, phone_key from registry_person where id > $1 and phone_key is not null
  and merged_into is null;

-- name: with_new_phones
select p.id, p.name, p.phone_key from registry_field f join registry_person p on p.id = f.subject
where f.batch = $1 and f.field in ('name', 'phone') and p.phone_key is not null and p.id <= $1
  and p.merged_into is null;

-- name: older_with_phones
select id, name, phone_key from registry_person where id <= $1 and phone_key is not null
  and merged_into is null;

-- name: add_same_phone
insert into registry_duplicate (first, second, reason, state, batch)
select a.id, b.id, 'name_phone', 'open', $3 from registry_person a join registry_person b
  on b.name = a.name and b.phone_key = a.phone_key
where a.id = $1 and b.id = $2
on conflict (first, second) do nothing;

-- name: any_incomplete
select id from registry_person where coalesce(length(citizen_key), 0) = 0 limit 1;

-- name: any_new_incomplete
select id from registry_person where coalesce(length(citizen_key), 0) = 0 and id > $1 limit 1;

-- name: add_beside_incomplete
-- The persons of the batch beside those without a citizen id.
insert into registry_duplicate (first, second, reason, state, batch)
select case when p.id < min(q.id) then p.id else min(q.id) end,
       case when p.id < min(q.id) then min(q.id) else p.id end, 'name_birth', 'open', $1
from registry_person p cross join registry_person q
where p.id > $1 and coalesce(length(q.citizen_key), 0) = 0
  and q.name = p.name and q.birth = p.birth and q.sex = p.sex and q.id <> p.id
  and q.merged_into is null
group by p.id
on conflict (first, second) do nothing;

-- name: add_incomplete_beside
-- Older persons beside those of the batch without a citizen id.
insert into registry_duplicate (first, second, reason, state, batch)
select p.id, min(q.id), 'name_birth', 'open', $1
from registry_person p cross join registry_person q
where p.id <= $1 and coalesce(length(q.citizen_key), 0) = 0
  and q.name = p.name and q.birth = p.birth and q.sex = p.sex and q.id > $1
  and p.merged_into is null
group by p.id
on conflict (first, second) do nothing;

-- name: members_named
select p.id from registry_membership m join registry_person p on p.id = m.person
where m.organisation = $1 and m.valid_to is null and p.name = $2 and p.citizen_key is not null
order by p.id limit 50;

-- name: add_similar
insert into intake_similar (id, batch, sheet, row, person, state)
values ($1, $2, $3, $4, $5, 'open')
on conflict (batch, sheet, row, person) do nothing;
