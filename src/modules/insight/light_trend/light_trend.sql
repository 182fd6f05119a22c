-- name: now
select l.level, count(*) from registry_published_standing a
join insight_light l on l.organisation = a.organisation
where a.ancestor in (select value from json_each($1)) and ($2 = '' or l.rule = $2)
  and a.structure = $3 and ($4 = 1 or a.organisation = a.ancestor)
group by l.level;

-- name: events
select e.day, e.what, e.level, e.before, count(*)
from registry_published_standing a
join insight_light_event e on e.organisation = a.organisation and e.day > $2
where a.ancestor in (select value from json_each($1)) and ($3 = '' or e.rule = $3)
  and a.structure = $4 and ($5 = 1 or a.organisation = a.ancestor)
group by e.day, e.what, e.level, e.before order by e.day desc;
