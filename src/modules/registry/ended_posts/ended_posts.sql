-- name: ended
select t.id, t.person, p.name, t.title, t.from_date, t.to_date
from registry_post t join registry_person p on p.id = t.person
where t.organisation = $1 and t.to_date is not null and t.to_date <= $2
  and (t.to_date, t.id) < ($3, $4)
order by t.to_date desc, t.id desc limit $5;
