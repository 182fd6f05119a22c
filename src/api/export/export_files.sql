-- name: keep
insert into api_export (job, account, address, list, format, personal, places, rows, bytes, made,
  until)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (job) do update set rows = excluded.rows, bytes = excluded.bytes, made = excluded.made,
  until = excluded.until, places = excluded.places;

-- name: find
select job, account, address, list, format, personal, places, rows, bytes, made, until
from api_export where job = $1;

-- name: of_account
select count(*) as files, coalesce(sum(bytes), 0) as bytes from api_export
where account = $1 and job <> $2;

-- name: of_all
select count(*) as files, coalesce(sum(bytes), 0) as bytes from api_export where job <> $1;

-- name: over
select job from api_export where until <= $1 limit 1000;

-- name: drop
delete from api_export where job = $1;

-- name: all
select job from api_export;
