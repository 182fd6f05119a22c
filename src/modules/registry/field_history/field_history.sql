-- name: page
-- Of one person there are few changes: whatever is behind the place is sorted anew.
select f.subject, f.field, f.before, coalesce(s.name, ''), f.recorded, f.actor,
  coalesce(c.name, '')
from registry_field f
left join registry_source s on s.id = f.source
left join identity_published_account c on c.id = f.actor
where (f.subject = $1 or f.subject in (select id from registry_person where merged_into = $1))
  and ($2 = '' or f.field = $2)
  and (f.recorded, f.subject, f.field) < ($3, $4, $5)
order by f.recorded desc, f.subject desc, f.field desc limit $6;

-- name: organisation_name
select name from registry_organisation where id = $1;
