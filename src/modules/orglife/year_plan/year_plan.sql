-- name: clear
delete from orglife_plan where organisation = $1 and year = $2;

-- name: add
insert into orglife_plan (organisation, year, item, kind, planned_on, topic)
values ($1, $2, $3, $4, $5, $6);

-- name: listed
select year, item, kind, planned_on, topic from orglife_plan
where organisation = $1 and year = $2 and item > $3 order by item limit $4;

-- name: days
select p.organisation, o.name, p.year, p.item, p.kind, p.planned_on
from orglife_plan p
join registry_published_organisation o on o.id = p.organisation
where p.organisation in (select value from json_each($1)) and p.planned_on between $2 and $3
order by p.planned_on, p.organisation, p.item limit $4;
