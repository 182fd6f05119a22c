-- name: answer
select fingerprint, answer from api_answer where account = $1 and given = $2 and at >= $3;

-- name: keep_new
insert into api_answer (account, given, fingerprint, answer, at) values ($1, $2, $3, $4, $5);

-- name: keep
insert into api_answer (account, given, fingerprint, answer, at) values ($1, $2, $3, $4, $5)
on conflict (account, given) do update
set fingerprint = excluded.fingerprint, answer = excluded.answer, at = excluded.at
where api_answer.at < $6;

-- name: old
select 1 from api_answer where at < $1 limit 1;

-- name: forget
delete from api_answer where at < $1;
