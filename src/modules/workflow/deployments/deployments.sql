-- name: latest
select id, version, digest from workflow_version where process = $1 order by version desc limit 1;

-- name: by_digest
select id, version, digest from workflow_version
where process = $1 and digest = $2 order by version desc limit 1;

-- name: add
insert into workflow_version (id, process, version, name, digest, xml, made, made_by)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: add_file
insert into workflow_version_file (version, name, content) values ($1, $2, $3);

-- name: version
select process, version, name, xml from workflow_version where id = $1;

-- name: files
select name, content from workflow_version_file where version = $1 order by name;

-- Of each process the latest.
-- name: list
select v.id, v.process, v.version, v.name, v.digest, v.made, v.made_by, coalesce(a.name, ''),
  (select count(*) from workflow_case c
   where c.version = v.id and c.status in ('running', 'suspended'))
from workflow_version v left join identity_published_account a on a.id = v.made_by
where v.version = (select max(w.version) from workflow_version w where w.process = v.process)
order by v.process limit $1;

-- name: versions_of
select v.id, v.process, v.version, v.name, v.digest, v.made, v.made_by, coalesce(a.name, ''),
  (select count(*) from workflow_case c
   where c.version = v.id and c.status in ('running', 'suspended'))
from workflow_version v left join identity_published_account a on a.id = v.made_by
where v.process = $1 order by v.version desc limit $2;

-- name: one
select v.id, v.process, v.version, v.name, v.digest, v.made, v.made_by, coalesce(a.name, ''),
  (select count(*) from workflow_case c
   where c.version = v.id and c.status in ('running', 'suspended'))
from workflow_version v left join identity_published_account a on a.id = v.made_by
where v.id = $1;
