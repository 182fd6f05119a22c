-- name: add
insert into workflow_stay (id, case_id, person, host, since, until)
values ($1, $2, $3, $4, $5, $6);

-- Those of an organisation, and of what stands below it in a structure where $3 says so.
-- name: page
select t.id, t.person,
  coalesce((select name from registry_published_member where person = t.person), ''),
  t.host, h.name,
  coalesce((select o.name from registry_published_member m
            join registry_published_organisation o on o.id = m.organisation
            where m.person = t.person), ''),
  t.since, t.until
from registry_published_standing s
join workflow_stay t on t.host = s.organisation
join registry_published_organisation h on h.id = t.host
where s.ancestor = $1 and s.structure = $2 and ($3 = 1 or s.organisation = s.ancestor)
  and t.id < $4 and ($5 = 0 or t.until is null or t.until >= $6)
order by t.id desc limit $7;

-- One that runs, at a host.
-- name: running
select person, since from workflow_stay
where id = $1 and host = $2 and (until is null or until > $3);

-- name: set_end
update workflow_stay set until = $2 where id = $1;

-- name: running_of_person
select id, host from workflow_stay
where person = $1 and (until is null or until > $2) order by id limit $3;

-- name: of_person
select id from workflow_stay where person = $1 order by id limit $2;

-- name: move
update workflow_stay set person = $3 where id = $1 and person = $2;
