-- name: changes_of_batch
select subject, field, before from registry_field
where batch = $1 and (subject, field) > ($2, $3)
order by subject, field limit $4;

-- name: forget_changes
delete from registry_field where batch = $1;

-- name: posts_made
select id, organisation, person from registry_post where batch = $1 and id > $2 order by id limit
  $3;

-- name: persons_made
select p.id, coalesce(m.organisation, 0), p.id from registry_person p
left join registry_membership m on m.person = p.id and m.valid_to is null
where p.batch = $1 and p.id > $2 order by p.id limit $3;

-- name: organisations_made
select id, id, 0 from registry_organisation where batch = $1 and id > $2 order by id limit $3;

-- name: delete_conflicts
delete from registry_conflict
where batch = $1
   or subject in (select id from registry_person where batch = $1)
   or subject in (select id from registry_organisation where batch = $1)
   or subject in (select id from registry_post where batch = $1);

-- name: delete_duplicates
delete from registry_duplicate
where batch = $1
   or first in (select id from registry_person where batch = $1)
   or second in (select id from registry_person where batch = $1);

-- name: delete_posts
delete from registry_post where batch = $1;

-- name: delete_memberships
delete from registry_membership where person in (select id from registry_person where batch = $1);

-- name: delete_persons
delete from registry_person where batch = $1;

-- name: delete_links
delete from registry_link where child in (select id from registry_organisation where batch = $1);

-- name: delete_unit_links
delete from registry_unit_link
where organisation in (select id from registry_organisation where batch = $1);

-- name: delete_organisations
delete from registry_organisation where batch = $1;

-- name: delete_unused_units
delete from registry_unit where id > $1 and id not in (select unit from registry_unit_link);
