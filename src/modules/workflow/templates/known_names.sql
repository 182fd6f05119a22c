-- Who holds the post of an organisation's secretary.
-- name: secretary
select m.name from registry_published_post p
join registry_published_member m on m.person = p.person
where p.organisation = $1 and p.title = 'secretary'
  and (p.from_date is null or p.from_date <= $2) and (p.to_date is null or p.to_date > $2)
order by p.id desc limit 1;
