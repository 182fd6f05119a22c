-- name: memberships
-- A row a membership, the present one first, each with the person: one question instead of two.
select p.number, p.name, p.sex, p.ethnic, p.birth, p.birth_precision, p.education, p.occupation,
  p.citizen_id, p.phone, p.address, coalesce(s.name, ''), m.organisation, o.code, o.name,
  m.valid_from, m.valid_to, m.stage, m.joined, m.confirmed, m.probation_until, m.status,
  m.lost_since, m.floating_since
from registry_membership m
join registry_person p on p.id = m.person
join registry_organisation o on o.id = m.organisation
left join registry_source s on s.id = p.source
where m.person = $1
order by m.valid_to is not null, m.valid_from desc limit $2;

-- name: stands_below
select 1 from registry_membership m
join registry_ancestry a on a.organisation = m.organisation
where m.person = $1 and m.valid_to is null and a.structure = $2
  and a.ancestor in (select value from json_each($3)) limit 1;

-- name: changes
-- What was changed, in the order of time; without a time what is contested.
select f.field, coalesce(s.name, ''), f.recorded
from registry_field f left join registry_source s on s.id = f.source where f.subject = $1
union all
select field, '', null from registry_conflict where subject = $1 and state = 'open'
order by 3;

-- name: posts
select t.id, t.organisation, o.name, t.title, t.from_date, t.to_date
from registry_post t join registry_organisation o on o.id = t.organisation
where t.person = $1 order by t.from_date desc, t.id limit $2;
