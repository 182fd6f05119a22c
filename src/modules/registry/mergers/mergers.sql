-- name: keep_row
insert into registry_merger_row (merger, place, number, batch, held) values ($1, $2, $3, $4, $5);

-- name: kept_rows
select number, held from registry_merger_row where merger = $1 and place = $2 order by number;

-- name: forget_rows
delete from registry_merger_row where merger = $1;

-- name: add
insert into registry_merger (id, kept, dropped, dropped_place, reason, actor, recorded, first_seq,
  last_seq, state, undo_first_seq, undo_last_seq)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'merged', 0, 0);

-- name: set_undone
update registry_merger set state = 'undone', undo_first_seq = $2, undo_last_seq = $3 where id = $1;

-- name: standing
select m.id, m.kept, m.dropped, m.dropped_place, p.number from registry_merger m
join registry_person p on p.id = m.dropped
where m.kept = $1 and m.state = 'merged' order by m.id desc;

-- name: standing_of_dropped
select kept from registry_merger where dropped = $1 and state = 'merged';

-- name: shown
select m.id, m.dropped, p.number, p.name, m.recorded, m.actor, m.reason from registry_merger m
join registry_person p on p.id = m.dropped
where m.kept = $1 and m.state = 'merged' order by m.id desc limit $2;

-- name: redirected
select id from registry_person where merged_into = $1 order by id;

-- name: redirect
update registry_person set merged_into = $2 where id = $1;

-- name: end_redirect
update registry_person set merged_into = null where id = $1;

-- name: number_of_another
select id from registry_person where number_key = $2 and id <> $1;

-- name: citizen_key_of_another
select id from registry_person where citizen_key = $2 and id <> $1;

-- name: memberships
select person, valid_from, valid_to, organisation, stage, joined, confirmed, probation_until,
  status, lost_since, floating_since, batch
from registry_membership where person = $1 order by valid_from;

-- name: delete_memberships
delete from registry_membership where person = $1;

-- name: organisation_name
select name from registry_organisation where id = $1;

-- name: organisation_ended
select ended from registry_organisation where id = $1;

-- name: last_batch
select batch from registry_field where subject = $1 and field = $2 order by recorded desc limit 1;

-- name: forget_change
delete from registry_field where batch = $1 and subject = $2 and field = $3;

-- name: forget_conflicts
delete from registry_conflict where batch = $1 and state = 'open';

-- name: open_conflicts
select c.id, c.field, c.other, c.source, c.batch, coalesce(s.rank, 50) from registry_conflict c
left join registry_source s on s.id = c.source
where c.subject = $1 and c.state = 'open' order by c.id;

-- name: delete_conflict
delete from registry_conflict where id = $1;

-- name: add_conflict
insert into registry_conflict (id, subject_kind, subject, field, other, other_key, source, batch,
  state)
values ($1, $2, $3, $4, $5, $6, $7, $8, 'open')
on conflict (subject, field, other_key) do nothing;

-- name: posts
select id, person, organisation, title, from_date, to_date, source, batch from registry_post
where person = $1 order by id limit $2;

-- name: same_post
select id, person, organisation, title, from_date, to_date, source, batch from registry_post
where person = $1 and organisation = $2 and title = $3 and from_date = $4;

-- name: move_post
update registry_post set person = $3 where id = $1 and person = $2;

-- name: pairs
select first, second, reason, state, batch from registry_duplicate
where first = $1 or second = $1 order by first, second limit $2;

-- name: pair
select first, second, reason, state, batch from registry_duplicate
where first = $1 and second = $2;

-- name: delete_pair
delete from registry_duplicate where first = $1 and second = $2;

-- name: put_pair
insert into registry_duplicate (first, second, reason, state, batch) values ($1, $2, $3, $4, $5)
on conflict (first, second) do update set reason = excluded.reason, state = excluded.state,
  batch = excluded.batch;

-- name: delete_unchanged_pair
delete from registry_duplicate where first = $1 and second = $2 and state = $3;

-- name: put_back_pair
update registry_duplicate set reason = $4, state = $5, batch = $6
where first = $1 and second = $2 and state = $3;
