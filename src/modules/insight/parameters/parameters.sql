-- name: set_parameter
insert into insight_parameter (rule, parameter, organisation, value) values ($1, $2, $3, $4)
on conflict (rule, parameter, organisation) do update set value = excluded.value;

-- Nearest first.
-- name: values_above
select p.rule, p.parameter, p.value, p.organisation, o.name
from registry_published_ancestry a
join insight_parameter p on p.organisation = a.ancestor
join registry_published_organisation o on o.id = p.organisation
where a.organisation = $1 order by p.rule, p.parameter, a.depth;
