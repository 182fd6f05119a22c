-- name: add
insert into workflow_material (id, case_id, element, material, name, type, bytes, hash, place,
  added, added_by, removed)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, null);

-- name: count
select count(*) from workflow_material where case_id = $1 and removed is null;

-- name: same
select id from workflow_material
where case_id = $1 and element = $2 and material = $3 and place = $4 and removed is null limit 1;

-- name: counts
select element, material, count(*) from workflow_material
where case_id = $1 and removed is null group by element, material;

-- name: listed
select m.id, m.element, m.material, m.name, m.type, m.bytes, m.hash, m.added, coalesce(a.name, ''),
  case when m.added_by = $5 then 1 else 0 end
from workflow_material m left join identity_published_account a on a.id = m.added_by
where m.case_id = $1 and m.removed is null and m.id > $2 and (m.added_by = $3 or $3 = 0)
order by m.id limit $4;

-- name: shown
select m.id, m.element, m.material, m.name, m.type, m.bytes, m.hash, m.added, coalesce(a.name, ''),
  case when m.added_by = $2 then 1 else 0 end
from workflow_material m left join identity_published_account a on a.id = m.added_by
where m.id = $1;

-- name: kept
select m.id, m.case_id, c.organisation, c.status, m.name, m.type, m.place, m.added_by
from workflow_material m join workflow_case c on c.id = m.case_id
where m.id = $1 and m.removed is null;

-- name: remove
update workflow_material set removed = $2 where id = $1 and removed is null;

-- Whether anything on file still has this content.
-- name: in_use
select 1 from workflow_material where place = $1 and removed is null limit 1;

-- name: organisation
select organisation from workflow_case where id = $1;
