-- Whoever stands below somebody before them.
-- name: below_first
select o.id from registry_published_organisation o
join registry_published_ancestry a on a.organisation = o.id
where o.ended is null
group by o.id order by max(a.depth) desc, o.id;
