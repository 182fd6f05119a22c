-- name: add
insert into workflow_measure (id, case_id, person, organisation, kind, approved, number,
  until_date, ended)
values ($1, $2, $3, $4, $5, $6, $7, $8, null);

-- The end of a period that has not ended.
-- name: correcting
select until_date from workflow_measure
where person = $1 and kind = 'correct' and ended is null limit 1;

-- name: correction
select id from workflow_measure
where person = $1 and kind = 'correct' and ended is null limit 1;

-- name: end_correction
update workflow_measure set ended = $2 where id = $1;

-- name: barred
select until_date from workflow_measure
where person = $1 and kind in ('advise_leave', 'remove') and until_date is not null
order by until_date desc limit 1;

-- Of members of a name, the latest day of each, where it is after $2.
-- name: barred_of_name
select m.person, max(m.until_date) from workflow_measure m
join registry_published_member p on p.person = m.person
where m.kind in ('advise_leave', 'remove') and m.until_date > $2 and p.name = $1
group by m.person order by m.person limit 50;

-- name: of_person
select m.id, m.kind, m.organisation, coalesce(o.name, ''), m.approved, m.number, m.until_date,
  m.ended
from workflow_measure m left join registry_published_organisation o on o.id = m.organisation
where m.person = $1 and m.id < $2 order by m.id desc limit $3;

-- name: ids_of_person
select id from workflow_measure where person = $1 order by id limit $2;

-- name: move
update workflow_measure set person = $3 where id = $1 and person = $2;
