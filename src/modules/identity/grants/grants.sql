-- name: by_id
select id, account, role, organisation, structure, valid_from, valid_to, made, made_by
from identity_grant where id = $1;

-- name: of_account
select id, account, role, organisation, structure, valid_from, valid_to, made, made_by
from identity_grant
where account = $1 and ($2 = 1 or valid_to is null or (valid_to > $3 and valid_to > valid_from))
order by id desc limit 500;

-- name: add
insert into identity_grant (id, account, role, organisation, structure, valid_from, valid_to, made,
  made_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: end
update identity_grant set valid_to = $2 where id = $1;
