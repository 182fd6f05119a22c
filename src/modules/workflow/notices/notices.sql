-- name: add
insert into workflow_notice (id, case_id, message, role, owner, organisation, sent, content)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- Of what goes to all members of an organisation only what it says itself: not whom its case is of.
-- name: on_desk
select n.id, n.message, c.process, v.name, n.organisation, coalesce(o.name, ''),
  case when n.role = 'member' then '' else coalesce((
    select m.name from registry_published_member m where m.person = c.person), '') end,
  n.sent, n.content
from workflow_notice n
join workflow_case c on c.id = n.case_id
join workflow_version v on v.id = c.version
left join registry_published_organisation o on o.id = n.organisation
where n.role = $1 and n.owner = $2 and n.id < $3
order by n.id desc limit $4;

-- Where somebody holds a post today.
-- name: posts
select distinct organisation from registry_published_post
where person = $1 and from_date <= $2 and (to_date is null or to_date > $2) limit $3;

-- name: of_person
select id from workflow_notice where role = '' and owner = $1 order by id limit $2;

-- name: move
update workflow_notice set owner = $3 where id = $1 and owner = $2;
