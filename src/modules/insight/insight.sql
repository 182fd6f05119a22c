-- name: set_parameter
insert into insight_parameter (rule, parameter, organisation, value) values ($1, $2, $3, $4)
on conflict (rule, parameter, organisation) do update set value = excluded.value;
