-- name: holders
select t.id, t.person, p.name, t.title, t.from_date
from registry_post t join registry_person p on p.id = t.person
where t.organisation = $1 and t.from_date <= $2 and (t.to_date is null or t.to_date > $2)
order by case t.title when 'secretary' then 0 when 'deputy_secretary' then 1 else 2 end, t.title,
  t.from_date, t.id
limit $3;

-- name: structures
select structure from registry_link where child = $1 and valid_to is null
order by case structure when 'party' then 0 else 1 end, structure;

-- name: source_name
select name from registry_source where id = $1;
