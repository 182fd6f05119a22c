-- name: last
select id, published_on, figures from dues_publication
where organisation = $1 and year = $2 order by id desc limit 1;

-- name: add
insert into dues_publication (id, organisation, year, published_on, figures, replaces)
values ($1, $2, $3, $4, $5, $6);

-- name: of_year
select id, published_on, figures from dues_publication
where organisation = $1 and year = $2 order by id desc limit $3;

-- Of an organisation and those above it: of each year the last one, the latest first.
-- name: listed
select p.id, p.organisation, o.name, p.year, p.published_on, p.figures,
  (select r.published_on from dues_publication r where r.id = p.replaces)
from registry_published_ancestry s
join dues_publication p on p.organisation = s.ancestor
join registry_published_organisation o on o.id = p.organisation
where s.organisation = $1 and p.id < $2
  and not exists (select 1 from dues_publication n
                  where n.organisation = p.organisation and n.year = p.year and n.id > p.id)
order by p.id desc limit $3;
