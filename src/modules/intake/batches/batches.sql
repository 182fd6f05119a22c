-- name: list
select b.id, b.started, b.finished, coalesce(s.name, ''), b.actor, b.state
from intake_batch b left join registry_source s on s.id = b.source order by b.id desc limit $1;

-- name: by_id
select b.id, b.started, b.finished, coalesce(s.name, ''), b.actor, b.state
from intake_batch b left join registry_source s on s.id = b.source where b.id = $1;

-- name: sheets
select s.sheet, s.file, s.name, s.kind, s.rows, s.accepted, s.refused, s.unchanged,
       (select count(*) from intake_refused r
        where r.batch = s.batch and r.sheet = s.sheet and r.state = 'open')
from intake_sheet s where s.batch = $1 order by s.sheet;
