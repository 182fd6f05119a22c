-- name: last_seq
select coalesce(max(seq), 0) from ledger_fact;

-- name: facts_since
select seq, kind, person from ledger_fact where seq > $1 order by seq limit $2;

-- name: count_everyone
select count(*) from registry_person;

-- name: everyone
select m.person, m.organisation, p.name, coalesce(p.number_key, ''), p.birth, m.joined, m.stage,
  m.status, p.sex, p.education, p.ethnic, p.occupation
from registry_membership m cross join registry_person p
where p.id = m.person and m.valid_to is null
order by m.person;

-- name: one
select m.person, m.organisation, p.name, coalesce(p.number_key, ''), p.birth, m.joined, m.stage,
  m.status, p.sex, p.education, p.ethnic, p.occupation
from registry_membership m join registry_person p on p.id = m.person
where m.person = $1 and m.valid_to is null;

-- name: member_row
select p.id, p.number, p.name, p.sex, p.ethnic, p.birth, p.birth_precision, p.education, m.stage,
  m.status, m.joined, m.organisation, o.code, o.name
from registry_person p
join registry_membership m on m.person = p.id and m.valid_to is null
join registry_organisation o on o.id = m.organisation
where p.id = $1;

-- name: by_citizen_key
select coalesce(merged_into, id) from registry_person where citizen_key = $1;

-- name: by_phone_key
select distinct coalesce(merged_into, id) as person from registry_person where phone_key = $1
order by person limit $2;
