-- name: resolved
select organisation, resolutions from orglife_activity where id = $1;

-- name: published
select published_on from orglife_publication where activity = $1;

-- name: publish
insert into orglife_publication (activity, published_on) values ($1, $2);

-- name: take_back
delete from orglife_publication where activity = $1;

-- Of an organisation and those above it, the latest first.
-- name: listed
select p.activity, a.organisation, o.name, a.kind, a.held_on, a.topic, a.resolutions,
  p.published_on
from registry_published_ancestry s
join orglife_activity a on a.organisation = s.ancestor
join orglife_publication p on p.activity = a.id
join registry_published_organisation o on o.id = a.organisation
where s.organisation = $1 and p.activity < $2
order by p.activity desc limit $3;
