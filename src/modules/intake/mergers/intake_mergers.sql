-- name: likenesses
select s.id, case when exists (
    select 1 from intake_similar k where k.batch = s.batch and k.sheet = s.sheet and k.row = s.row
      and k.person = $2) then 1 else 0 end, s.batch, s.sheet, s.row, s.state
from intake_similar s where s.person = $1 order by s.id limit $3;

-- name: move_likeness
update intake_similar set person = $3 where id = $1 and person = $2;

-- name: delete_likeness
delete from intake_similar where id = $1;

-- name: put_back_likeness
insert into intake_similar (id, batch, sheet, row, person, state)
select $1, $2, $3, $4, $5, $6 from intake_refused
where batch = $2 and sheet = $3 and row = $4
on conflict (batch, sheet, row, person) do nothing;

-- name: doubt
select batch, rows from intake_doubt where subject_kind = 'person' and subject = $1;

-- name: delete_doubt
delete from intake_doubt where subject_kind = 'person' and subject = $1;

-- name: put_doubt
insert into intake_doubt (subject_kind, subject, batch, rows) values ('person', $1, $2, $3)
on conflict (subject_kind, subject) do update set batch = excluded.batch, rows = excluded.rows;

-- name: is_done
select id from intake_batch where id = $1 and state = 'done';
