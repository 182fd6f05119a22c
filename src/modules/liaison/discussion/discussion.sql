-- name: count
select count(*) from liaison_note where object = $1 and kind = $2 and rule = $3;

-- name: add
insert into liaison_note (id, object, kind, rule, organisation, account, text, at)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: note
select kind, rule, object, account, gone from liaison_note where id = $1;

-- name: take_away
update liaison_note set text = $2, gone = $3, removed_by = $4, reason = $5
where id = $1 and gone is null;

-- name: notes
select n.id, n.organisation, coalesce(o.name, ''), n.account, coalesce(a.name, ''), n.text, n.at,
  n.gone, n.removed_by, coalesce(r.name, ''), n.reason
from liaison_note n
left join registry_published_organisation o on o.id = n.organisation
left join identity_published_account a on a.id = n.account
left join identity_published_account r on r.id = n.removed_by
where n.object = $1 and n.kind = $2 and n.rule = $3 and n.id < $4
order by n.id desc limit $5;

-- Where an account holds a role that may reach an organisation: the nearest.
-- name: role_over
select g.organisation
from registry_published_standing s
join identity_published_grant g on g.organisation = s.ancestor and g.structure = s.structure
where s.organisation = $2 and g.account = $1 and g.valid_from <= $3
  and (g.valid_to is null or g.valid_to > $3)
order by s.depth, g.organisation limit 1;

-- name: role_anywhere
select organisation from identity_published_grant
where account = $1 and organisation <> 0 and valid_from <= $2
  and (valid_to is null or valid_to > $2)
order by organisation limit 1;

-- name: person_of
select person from identity_published_owner where id = $1;

-- name: mention
insert into liaison_mention (account, note) values ($1, $2);

-- Who may be meant: whoever holds a role at an organisation or above it, the nearest first. Of
-- members there may be hundreds: a role of theirs reaches themselves alone.
-- name: holders
select g.account, a.name, g.organisation, coalesce(o.name, '')
from registry_published_standing s
join identity_published_grant g on g.organisation = s.ancestor and g.structure = s.structure
join identity_published_account a on a.id = g.account
left join registry_published_organisation o on o.id = g.organisation
where s.organisation = $1 and g.role <> 'member' and g.valid_from <= $2
  and (g.valid_to is null or g.valid_to > $2)
order by s.depth, a.name, g.account limit $3;

-- Who has written already.
-- name: writers
select n.account, coalesce(a.name, ''), n.organisation, coalesce(o.name, '')
from liaison_note n
join identity_published_account a on a.id = n.account
left join registry_published_organisation o on o.id = n.organisation
where n.object = $1 and n.kind = $2 and n.rule = $3
order by n.id desc limit $4;

-- name: mentions
select n.id, n.kind, n.rule, n.object, n.organisation, coalesce(o.name, ''),
  coalesce(a.name, ''), n.text, n.at
from liaison_mention m
join liaison_note n on n.id = m.note
left join registry_published_organisation o on o.id = n.organisation
left join identity_published_account a on a.id = n.account
where m.account = $1 and m.note < $2 and n.gone is null
order by m.note desc limit $3;

-- What was said of a person, or of a light of theirs.
-- name: of_person
select id from liaison_note where object = $1 and kind in ('person', 'person_light')
order by id limit $2;

-- name: move
update liaison_note set object = $3 where id = $1 and object = $2;
