-- name: last_number
select coalesce(max(number), 0) from workflow_letter where committee = $1 and year = $2;

-- name: add
insert into workflow_letter (id, case_id, committee, year, number, code, person, receiver, issued,
  expires, voided, outside)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, null, $11);

-- name: void_letter
update workflow_letter set voided = $4
where committee = $1 and year = $2 and number = $3 and voided is null;

-- name: void_of_case
update workflow_letter set voided = $2 where case_id = $1 and voided is null;

-- name: by_code
select l.year, l.number, c.name, coalesce(r.name, l.outside), l.issued, l.expires, l.voided
from workflow_letter l
join registry_published_organisation c on c.id = l.committee
left join registry_published_organisation r on r.id = l.receiver
where l.code = $1;
