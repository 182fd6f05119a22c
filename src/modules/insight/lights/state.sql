-- name: position
select day, position from insight_state where id = 1;

-- name: set_position
insert into insight_state (id, day, position) values (1, $1, $2)
on conflict (id) do update set day = excluded.day, position = excluded.position;

-- name: all_lights
select rule, subject_kind, subject, organisation, version, level, since, due, evidence from insight_light;

-- name: lights_of_organisations
select rule, subject_kind, subject, organisation, version, level, since, due, evidence from insight_light
where organisation in (select value from json_each($1));

-- name: set_light
insert into insight_light (rule, subject_kind, subject, organisation, version, level, since, due, evidence, lit_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (rule, subject) do update set organisation = excluded.organisation, version = excluded.version,
  level = excluded.level, since = excluded.since, due = excluded.due, evidence = excluded.evidence;

-- name: remove_light
delete from insight_light where rule = $1 and subject = $2;

-- name: last_seq
select coalesce(max(seq), 0) from ledger_fact;
