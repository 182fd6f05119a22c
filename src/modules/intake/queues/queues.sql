-- name: pairs
select first, second, reason, state from registry_duplicate
where state in ('open', 'same') and (first, second) > ($1, $2) order by first, second limit $3;

-- name: pair_state
select state from registry_duplicate where first = $1 and second = $2;

-- name: decide_pair
update registry_duplicate set state = $3 where first = $1 and second = $2;

-- name: similar
select id, batch, sheet, row, person, state from intake_similar
where state = 'open' and id > $1 order by id limit $2;

-- name: similar_by_id
select id, batch, sheet, row, person, state from intake_similar where id = $1;

-- name: decide_similar
update intake_similar set state = $2 where id = $1;

-- name: side
select m.person, m.number, m.name, m.sex, coalesce(o.name, ''), m.organisation
from registry_published_member m
left join registry_published_organisation o on o.id = m.organisation
where m.person = $1;

-- name: organisation_name
select name from registry_published_organisation where id = $1;

-- name: person_name
select name from registry_published_member where person = $1;

-- name: post_name
select m.name || ' ' || p.title from registry_published_post p
join registry_published_member m on m.person = p.person where p.id = $1;

-- name: activity_name
select a.kind || ' ' || o.name from orglife_published_activity a
join registry_published_organisation o on o.id = a.organisation where a.id = $1;

-- name: held_source
select s.id, s.name, s.rank from registry_source s
where s.id = coalesce(
  (select c.source from registry_published_change c where c.subject = $1 and c.field = $2
   order by c.recorded desc limit 1),
  (select m.source from registry_published_made m where m.id = $1),
  (select a.source from orglife_published_made a where a.id = $1));

-- name: post_organisation
select organisation from registry_published_post where id = $1;

-- name: activity_organisation
select organisation from orglife_published_activity where id = $1;
