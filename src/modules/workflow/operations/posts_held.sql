-- The posts of a title that a person still holds in an organisation.
-- name: held
select id from registry_published_post
where organisation = $1 and person = $2 and title = $3 and (to_date is null or to_date > $4);

-- Who holds a title in an organisation on a day, or will after it.
-- name: holders
select distinct person from registry_published_post
where organisation = $1 and title = $2 and (to_date is null or to_date > $3)
order by person limit 20;

-- Of a person's posts of a title in an organisation the latest day on which one began.
-- name: begun
select max(from_date) from registry_published_post
where organisation = $1 and person = $2 and title = $3 and (to_date is null or to_date > $4);

-- All posts that a person holds on a day, or will after it.
-- name: all_of
select id, from_date from registry_published_post
where person = $1 and (to_date is null or to_date > $2) order by id limit 100;

-- Of them those in organisations that stand above where the person was ($3), and not above where
-- they are now ($4). A part-time seat is for a member of elsewhere.
-- name: left_behind
select p.id, p.from_date from registry_published_post p
where p.person = $1 and (p.to_date is null or p.to_date > $2) and p.title <> 'part_time_member'
  and exists (select 1 from registry_published_ancestry a
              where a.ancestor = p.organisation and a.organisation = $3)
  and not exists (select 1 from registry_published_ancestry a
                  where a.ancestor = p.organisation and a.organisation = $4)
order by p.id limit 100;

-- The titles of the posts that a person holds in an organisation.
-- name: titles
select distinct title from registry_published_post
where organisation = $1 and person = $2 and (to_date is null or to_date > $3)
order by title limit 20;

-- Whether an organisation is another, or stands below it.
-- name: stands_under
select 1 from registry_published_ancestry where ancestor = $1 and organisation = $2;
