-- name: held
select t.id, t.person, p.name, t.from_date, coalesce(m.organisation, 0), coalesce(o.name, '')
from registry_post t join registry_person p on p.id = t.person
left join registry_membership m on m.person = t.person and m.valid_to is null
left join registry_organisation o on o.id = m.organisation
where t.organisation = $1 and t.title = 'part_time_member' and t.from_date <= $2
  and (t.to_date is null or t.to_date > $2)
order by t.from_date, t.id limit $3;
