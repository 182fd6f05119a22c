-- name: head
select p.id, p.number, p.name, p.sex, p.ethnic, p.birth, p.birth_precision, p.education,
  p.occupation, p.citizen_id, p.phone, p.address, coalesce(s.name, ''), m.organisation, o.code,
  o.name, m.stage, m.joined, m.confirmed, m.probation_until, m.status, m.lost_since,
  m.floating_since
from registry_membership m
join registry_person p on p.id = m.person
join registry_organisation o on o.id = m.organisation
left join registry_source s on s.id = p.source
where m.person = $1 and m.valid_to is null and (cast($2 as text) is null or exists (
  select 1 from registry_ancestry a
  where a.organisation = m.organisation and a.structure = $2
    and a.ancestor in (select value from json_each($3))));

-- name: changes
select f.field, coalesce(s.name, ''), f.recorded
from registry_field f left join registry_source s on s.id = f.source
where f.subject = $1 order by f.field, f.recorded;

-- name: contested
select distinct field from registry_conflict where subject = $1 and state = 'open';

-- name: memberships
select m.organisation, o.code, o.name, m.valid_from, m.valid_to, m.stage, m.status
from registry_membership m join registry_organisation o on o.id = m.organisation
where m.person = $1 order by m.valid_from desc limit $2;

-- name: posts
select t.id, t.organisation, o.name, t.title, t.from_date, t.to_date
from registry_post t join registry_organisation o on o.id = t.organisation
where t.person = $1 order by t.from_date desc, t.id limit $2;
