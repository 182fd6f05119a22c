-- name: clear
delete from orglife_plan where organisation = $1 and year = $2;

-- name: add
insert into orglife_plan (organisation, year, item, kind, planned_on, topic)
values ($1, $2, $3, $4, $5, $6);

-- name: listed
select year, item, kind, planned_on, topic from orglife_plan
where organisation = $1 and year = $2 and item > $3 order by item limit $4;
