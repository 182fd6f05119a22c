-- name: now
select l.level, count(*) from registry_published_ancestry a
join insight_light l on l.organisation = a.organisation
where a.ancestor = $1 and ($2 = '' or l.rule = $2) group by l.level;

-- name: events
select e.day, e.what, e.level, e.before, count(*)
from registry_published_ancestry a
join insight_light_event e on e.organisation = a.organisation and e.day > $2
where a.ancestor = $1 and ($3 = '' or e.rule = $3)
group by e.day, e.what, e.level, e.before order by e.day desc;
