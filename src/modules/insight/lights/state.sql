-- name: position
select day, position from insight_state where id = 1;

-- name: set_position
insert into insight_state (id, day, position) values (1, $1, $2)
on conflict (id) do update set day = excluded.day, position = excluded.position;

-- name: all_lights
select rule, subject_kind, subject, organisation, version, level, since, due, evidence, doubts
  from insight_light;

-- name: lights_of_organisations
select rule, subject_kind, subject, organisation, version, level, since, due, evidence, doubts
  from insight_light
where organisation in (select value from json_each($1));

-- name: light_of
select rule, subject_kind, subject, organisation, version, level, since, due, evidence, doubts
  from insight_light where rule = $1 and subject = $2;

-- name: set_light
insert into insight_light (rule, subject_kind, subject, organisation, version, level, since, due,
  evidence, doubts, lit_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (rule, subject) do update set organisation = excluded.organisation,
  version = excluded.version,
  level = excluded.level, since = excluded.since, due = excluded.due, evidence = excluded.evidence,
  doubts = excluded.doubts;

-- name: remove_light
delete from insight_light where rule = $1 and subject = $2;

-- name: add_event
insert into insight_light_event (rule, subject, happened, what, organisation, day, level, before)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (rule, subject, happened, what, organisation) do update set level = excluded.level,
  before = excluded.before;

-- Imports, their undoing and refused rows that were accepted (60-69) change doubts without a fact
-- of the subject's.
-- name: imports_between
select exists (select 1 from ledger_fact where seq > $1 and seq <= $2 and kind >= 60 and kind < 70);

-- name: organisations_with_other_doubts
select distinct l.organisation from insight_light l
left join intake_published_doubt d on d.subject_kind = l.subject_kind and d.subject = l.subject
where l.doubts <> coalesce(d.rows, 0);
