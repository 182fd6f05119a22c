-- name: place_of_light
select organisation, subject_kind from insight_light where rule = $1 and subject = $2;

-- name: add
insert into insight_handling (id, rule, subject, organisation, what, reason, until, account, made)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: open
select id from insight_handling where rule = $1 and subject = $2 and ended is null;

-- name: end
update insight_handling set ended = $3 where rule = $1 and subject = $2 and ended is null;

-- name: handlings
select h.what, h.reason, h.until, h.account, coalesce(a.name, ''), h.made, h.ended
from insight_handling h left join identity_published_account a on a.id = h.account
where h.rule = $1 and h.subject = $2 order by h.id desc limit $3;

-- name: events
select happened, what, level from insight_light_event
where rule = $1 and subject = $2 order by happened desc, what limit $3;

-- name: body_of_light
select l.organisation, coalesce(a.ancestor, 0)
from insight_light l
left join registry_published_ancestry a on a.organisation = l.organisation and a.depth = 1
where l.rule = $1 and l.subject = $2;
