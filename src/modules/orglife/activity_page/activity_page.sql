-- name: one
select a.id, a.organisation, o.name, a.kind, a.held_on, a.period, a.topic, a.place, a.due,
  a.present, a.others, a.resolutions, coalesce(s.name, '')
from orglife_activity a
join registry_published_organisation o on o.id = a.organisation
left join registry_published_source s on s.id = a.source
where a.id = $1;

-- name: participants
select t.person, m.name, m.number from orglife_attendance t
join registry_published_member m on m.person = t.person
where t.activity = $1 order by m.name, t.person limit $2;

-- name: attendance
select count(*) from orglife_attendance where activity = $1;
