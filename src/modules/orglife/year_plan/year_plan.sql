-- name: clear
delete from orglife_plan where organisation = $1 and year = $2;

-- name: add
insert into orglife_plan (organisation, year, item, kind, planned_on, topic)
values ($1, $2, $3, $4, $5, $6);

-- name: listed
select p.year, p.item, p.kind, p.planned_on, p.topic,
  (select max(c.case_id) from orglife_called c
   where c.organisation = p.organisation and c.planned_on = p.planned_on and c.kind = p.kind),
  (select max(a.id) from orglife_activity a
   where a.organisation = p.organisation and a.held_on = p.planned_on and a.kind = p.kind)
from orglife_plan p
where p.organisation = $1 and p.year = $2 and p.item > $3 order by p.item limit $4;

-- name: call
insert into orglife_called (case_id, organisation, kind, planned_on) values ($1, $2, $3, $4)
on conflict (case_id, planned_on) do update set kind = excluded.kind;

-- name: call_off
delete from orglife_called where case_id = $1;

-- name: days
select p.organisation, o.name, p.year, p.item, p.kind, p.planned_on
from orglife_plan p
join registry_published_organisation o on o.id = p.organisation
where p.organisation in (select value from json_each($1)) and p.planned_on between $2 and $3
order by p.planned_on, p.organisation, p.item limit $4;
