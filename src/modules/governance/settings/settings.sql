-- name: all
select s.name, s.value, s.account, a.name, s.set_ms from governance_setting s
left join identity_published_account a on a.id = s.account order by s.name;

-- name: drop
delete from governance_setting where name = $1;

-- name: put
insert into governance_setting (name, value, account, set_ms) values ($1, $2, $3, $4)
on conflict (name) do update set value = excluded.value, account = excluded.account,
  set_ms = excluded.set_ms;
