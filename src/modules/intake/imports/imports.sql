-- name: account_name
select name from identity_published_account where id = $1;
