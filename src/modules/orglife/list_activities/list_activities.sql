-- name: count_below
select count(*) from (
  select 1 from registry_published_standing
  where structure = $2 and ancestor = $1 limit 300) below;

-- name: by_day
-- Of a large organisation: by day, passing over what lies elsewhere.
select a.id, a.organisation, o.name, a.kind, a.held_on, a.period, a.topic, a.place, a.due,
  a.present, (select count(*) from orglife_attendance t where t.activity = a.id)
from orglife_activity a join registry_published_organisation o on o.id = a.organisation
where a.held_on between $2 and $3 and (a.held_on, a.id) < ($4, $5)
  and ($6 = '' or a.kind = $6)
  and exists (select 1 from registry_published_standing s
              where s.structure = $9 and s.ancestor = $1 and s.organisation = a.organisation
                and s.depth <= $8)
order by a.held_on desc, a.id desc limit $7;

-- name: by_organisation
-- Of a small one: its own and those below it, then by day.
select a.id, a.organisation, o.name, a.kind, a.held_on, a.period, a.topic, a.place, a.due,
  a.present, (select count(*) from orglife_attendance t where t.activity = a.id)
from registry_published_standing s
join orglife_activity a on a.organisation = s.organisation
join registry_published_organisation o on o.id = a.organisation
where s.structure = $9 and s.ancestor = $1 and s.depth <= $8
  and a.held_on between $2 and $3 and (a.held_on, a.id) < ($4, $5)
  and ($6 = '' or a.kind = $6)
order by a.held_on desc, a.id desc limit $7;

-- name: by_id
select a.id, a.organisation, o.name, a.kind, a.held_on, a.period, a.topic, a.place, a.due,
  a.present, (select count(*) from orglife_attendance t where t.activity = a.id)
from orglife_activity a join registry_published_organisation o on o.id = a.organisation
where a.id in (select value from json_each($1));
