-- name: payer_below
select m.person from registry_published_member m
where m.person = $2 and exists (
  select 1 from registry_published_standing s
  where s.ancestor = $1 and s.organisation = m.organisation);
