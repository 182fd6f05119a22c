-- name: keys
select id, birth_precision, citizen_key, phone_key from registry_person order by id;

-- name: add
-- Of two who are still two.
insert into registry_duplicate (first, second, reason, state, batch)
select a.id, b.id, 'likely', 'open', $3 from registry_person a cross join registry_person b
where a.id = $1 and b.id = $2 and a.merged_into is null and b.merged_into is null
on conflict (first, second) do nothing;

-- name: states
select state, count(*) from registry_duplicate group by state;
