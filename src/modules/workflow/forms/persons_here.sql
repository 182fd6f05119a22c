-- Whether a person is a member of an organisation, or of one below it, and is not gone.
-- name: is_member
select 1 from registry_published_member m
join registry_published_ancestry s on s.organisation = m.organisation
where m.person = $1 and s.ancestor = $2 and m.status in ('normal', 'suspended') limit 1;
