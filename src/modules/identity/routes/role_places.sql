-- name: found
select id, code, name from registry_published_organisation
where (ended is null or ended > $2)
  and ($1 = '' or replace(upper(code), upper($1), '') <> upper(code)
       or replace(name, $1, '') <> name)
order by length(code), code limit $3;
