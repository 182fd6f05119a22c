-- Whether a person is a member of an organisation, or of one below it.
-- name: stands_below
select 1 from registry_published_member m
join registry_published_ancestry s on s.organisation = m.organisation
where m.person = $1 and s.ancestor = $2 limit 1;
