-- name: find
select id, period, place, due, present, others, resolutions, source, batch from orglife_activity
where organisation = $1 and held_on = $2 and kind = $3 and topic = $4;

-- name: add
insert into orglife_activity (id, organisation, kind, held_on, period, topic, place, due, present,
  others, source, batch, resolutions)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: add_participant
insert into orglife_attendance (activity, person) values ($1, $2) on conflict (activity, person) do
  nothing;

-- name: participants
select person from orglife_attendance where activity = $1 order by person;

-- name: remove_participants
delete from orglife_attendance where activity = $1;

-- name: update
update orglife_activity set period = $2, place = $3, due = $4, present = $5, others = $6,
  resolutions = $7 where id = $1;

-- name: replace
update orglife_activity set organisation = $2, kind = $3, held_on = $4, period = $5, topic = $6,
  place = $7, due = $8,
  present = $9, others = $10, resolutions = $11
where id = $1;

-- name: place_of
select organisation, held_on from orglife_activity where id = $1;

-- name: remove
delete from orglife_activity where id = $1;

-- name: by_id
select id, period, place, due, present, others, resolutions, source, batch from orglife_activity
where id = $1;

-- name: made
select id, organisation, held_on from orglife_activity where batch = $1 and id > $2 order by id
  limit $3;

-- name: remove_attendance_of_batch
delete from orglife_attendance where activity in (select id from orglife_activity where batch = $1);

-- name: remove_batch
delete from orglife_activity where batch = $1;

-- name: last_with_presence
select a.id, a.kind, a.held_on, a.topic,
  case when exists (select 1 from orglife_attendance t where t.activity = a.id and t.person = $2)
    then 1 else 0 end
from orglife_activity a
where a.organisation = $1
order by a.held_on desc, a.kind desc, a.topic desc limit $3;

-- name: days_of
select held_on from orglife_activity where organisation = $1;
