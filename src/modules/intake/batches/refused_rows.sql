-- name: batch
select id from intake_batch where id = $1;

-- name: sheets
select s.sheet from intake_sheet s
where s.batch = $1
  and exists (select 1 from intake_refused r
              where r.batch = s.batch and r.sheet = s.sheet and r.state = 'open')
order by s.sheet;
