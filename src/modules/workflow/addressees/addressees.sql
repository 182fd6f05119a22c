-- name: found
select id, code, name from registry_published_organisation
where kind in ('committee', 'working_committee') and (ended is null or ended > $3)
  and ($1 = '' or id = $2 or replace(upper(code), upper($1), '') <> upper(code)
       or replace(name, $1, '') <> name)
order by length(code), code limit $4;
