-- name: by_citizen_key
-- Whoever was merged leads to the person who was kept.
select coalesce(merged_into, id) from registry_person where citizen_key = $1;

-- name: by_number_key
select coalesce(merged_into, id) from registry_person where number_key = $1;

-- name: citizen_key_of
select citizen_key from registry_person where id = $1 and citizen_key is not null;

-- name: named_below
select p.id from registry_ancestry a
join registry_membership m on m.organisation = a.organisation and m.valid_to is null
join registry_person p on p.id = m.person
where a.structure = $1 and a.ancestor = $2 and p.name = $3
order by p.id limit 2;

-- name: add_person
insert into registry_person (id, number, number_key, name, sex, ethnic, birth, birth_precision,
  education, occupation,
  citizen_id, citizen_key, phone, phone_key, address, source, batch)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17);

-- name: add_membership
insert into registry_membership (person, valid_from, valid_to, organisation, stage, joined,
  confirmed, probation_until, status,
  lost_since, floating_since, batch)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
on conflict (person, valid_from) do update set valid_to = excluded.valid_to, organisation =
  excluded.organisation,
  stage = excluded.stage, joined = excluded.joined, confirmed = excluded.confirmed,
  probation_until = excluded.probation_until, status = excluded.status, lost_since =
    excluded.lost_since,
  floating_since = excluded.floating_since, batch = excluded.batch;

-- name: person
select id, number, number_key, name, sex, ethnic, birth, birth_precision, education, occupation,
  citizen_id, citizen_key,
       phone, phone_key, address, source, batch
from registry_person where id = $1;

-- name: membership
select person, valid_from, valid_to, organisation, stage, joined, confirmed, probation_until,
  status, lost_since, floating_since, batch
from registry_membership where person = $1 and valid_to is null;

-- name: update_person
update registry_person set number = $2, number_key = $3, name = $4, sex = $5, ethnic = $6, birth =
  $7,
  birth_precision = $8, education = $9, occupation = $10, citizen_id = $11, citizen_key = $12, phone
    = $13,
  phone_key = $14, address = $15
where id = $1;

-- name: update_membership
update registry_membership set stage = $2, joined = $3, confirmed = $4, probation_until = $5, status
  = $6,
  lost_since = $7, floating_since = $8
where person = $1 and valid_to is null;

-- name: close_membership
update registry_membership set valid_to = $2 where person = $1 and valid_to is null;

-- name: delete_person
delete from registry_person where id = $1;

-- name: delete_memberships
delete from registry_membership where person = $1;

-- name: without_numbers
select p.id from registry_membership m cross join registry_person p
where m.organisation = $1 and p.id = m.person and m.valid_to is null and p.name = $2 and p.sex = $3
  and p.birth = $4
  and p.citizen_key is null and p.number_key is null
order by p.id;

-- name: whereabouts
select p.id, m.organisation
from registry_person asked
join registry_person p on p.id = coalesce(asked.merged_into, asked.id)
left join registry_membership m on m.person = p.id and m.valid_to is null
where asked.id = $1;

-- name: organisation_of
select organisation from registry_membership where person = $1 and valid_to is null;

-- name: place_membership
update registry_membership set organisation = $2 where person = $1 and valid_to is null;

-- name: in_care
select person from registry_membership
where organisation = $1 and valid_to is null and status in ('normal', 'suspended')
order by person;

-- name: count_normal
select count(*) from registry_membership where organisation = $1 and valid_to is null and status =
  'normal';

-- name: ended_on
select valid_from from registry_membership
where person = $1 and valid_to = $2 and organisation = $3 and valid_from < $2
order by valid_from desc limit 1;

-- name: delete_membership
delete from registry_membership where person = $1 and valid_from = $2;

-- name: reopen_membership
update registry_membership set valid_to = null where person = $1 and valid_from = $2;

-- name: merged_into
select coalesce(merged_into, id) from registry_person where id = $1;

-- name: any_merged
select id from registry_person where merged_into = $1 limit 1;

-- name: merged_with_number
select id from registry_person where merged_into = $1 and number_key = $2;

-- name: merged_with_citizen_key
select id from registry_person where merged_into = $1 and citizen_key = $2;

-- name: set_number_key
update registry_person set number_key = $2 where id = $1;

-- name: set_citizen_key
update registry_person set citizen_key = $2 where id = $1;

-- name: ids_of
select id from registry_person where id = $1 or merged_into = $1 order by id;
