-- name: of_person
select m.person, m.status, m.joined,
  (select c.recorded from registry_published_status_change c where c.person = m.person)
from registry_published_member m where m.person = $1;

-- name: of_persons
select m.person, m.status, m.joined,
  (select c.recorded from registry_published_status_change c where c.person = m.person)
from registry_published_member m where m.person in (select value from json_each($1))
order by m.person;
