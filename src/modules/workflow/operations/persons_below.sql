-- Whether a person is a member of an organisation, or of one below it.
-- name: stands_below
select 1 from registry_published_member m
join registry_published_ancestry s on s.organisation = m.organisation
where m.person = $1 and s.ancestor = $2 limit 1;

-- How many members of an organisation, or of one below it, have the right to vote.
-- name: voters
select count(*) from registry_published_member m
join registry_published_ancestry s on s.organisation = m.organisation
where s.ancestor = $1 and m.stage = 'full' and m.status = 'normal';

-- How many persons hold a post of an organisation.
-- name: post_holders
select count(distinct person) from registry_published_post
where organisation = $1 and (from_date is null or from_date <= $2)
  and (to_date is null or to_date > $2);
