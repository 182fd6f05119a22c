-- name: remember
insert into intake_doubt_before (batch, subject_kind, subject, before_batch, before_rows)
select $1, s.subject_kind, s.subject, d.batch, d.rows
from (select $2 as subject_kind, cast($3 as bigint) as subject) s
left join intake_doubt d on d.subject_kind = s.subject_kind and d.subject = s.subject
where true
on conflict (batch, subject_kind, subject) do nothing;

-- name: set
insert into intake_doubt (subject_kind, subject, batch, rows) values ($1, $2, $3, $4)
on conflict (subject_kind, subject) do update set batch = excluded.batch, rows = excluded.rows;

-- name: clear
delete from intake_doubt where subject_kind = $1 and subject = $2;

-- name: of_batch
select rows from intake_doubt where subject_kind = $1 and subject = $2 and batch = $3;

-- name: lessen
update intake_doubt set rows = rows - 1 where subject_kind = $1 and subject = $2 and rows > 1;

-- name: put_back
-- Of a person who was merged since, to the one kept; where both were in doubt, the later counts.
insert into intake_doubt (subject_kind, subject, batch, rows)
select b.subject_kind, coalesce(r.kept, b.subject), max(b.before_batch), max(b.before_rows)
from intake_doubt_before b
join intake_batch held on held.id = b.before_batch and held.state = 'done'
left join registry_published_redirect r on r.person = b.subject and b.subject_kind = 'person'
where b.batch = $1
  and not exists (select 1 from intake_doubt d
                  where d.subject_kind = b.subject_kind and d.subject = coalesce(r.kept, b.subject)
                    and d.batch > $1)
group by b.subject_kind, coalesce(r.kept, b.subject)
on conflict (subject_kind, subject) do update set batch = excluded.batch, rows = excluded.rows;

-- name: drop_own
delete from intake_doubt where batch = $1;

-- name: forget
delete from intake_doubt_before where batch = $1;
