-- name: first_account
-- Ids grow with time: the smallest came first.
select min(id) from identity_account;

-- name: ever_granted
select count(*) from identity_grant where role = $1;
