-- name: keep
insert into intake_upload (job, account, input, bytes, until, committed)
values ($1, $2, $3, $4, $5, 0)
on conflict (job) do update set until = excluded.until;

-- name: kept
select job, account, input, bytes, until, committed from intake_upload where job = $1;

-- name: all
-- Of every account the latest first.
select job, account, input, bytes, until, committed from intake_upload order by job desc;

-- name: commit
update intake_upload set committed = $2 where job = $1 and committed = 0 and until > $3;

-- name: release
update intake_upload set committed = 0 where job = $1 and committed = $2;

-- name: drop
delete from intake_upload where job = $1 and committed = 0;

-- name: forget
delete from intake_upload where job = $1;
