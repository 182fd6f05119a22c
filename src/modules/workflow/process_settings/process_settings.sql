-- What holds in an organisation for a process, the nearest last.
-- name: holding
select s.process, s.name, s.value, s.organisation, coalesce(o.name, '')
from registry_published_ancestry a
join workflow_setting s on s.organisation = a.ancestor
left join registry_published_organisation o on o.id = s.organisation
where a.organisation = $1 and ($2 = '' or s.process = $2)
order by a.depth desc;

-- What holds in each of these organisations for a process, the nearest last.
-- name: holding_in
select s.process, s.name, s.value, s.organisation, coalesce(o.name, ''), a.organisation
from registry_published_ancestry a
join workflow_setting s on s.organisation = a.ancestor and s.process = $2
left join registry_published_organisation o on o.id = s.organisation
where a.organisation in (select value from json_each($1))
order by a.organisation, a.depth desc;

-- name: put
insert into workflow_setting (process, organisation, name, value, made, made_by)
values ($1, $2, $3, $4, $5, $6)
on conflict (process, organisation, name) do update
set value = excluded.value, made = excluded.made, made_by = excluded.made_by;

-- name: drop
delete from workflow_setting where process = $1 and organisation = $2 and name = $3;
