-- name: latest
select v.rule, v.digest from insight_rule_version v
where v.id = (select max(o.id) from insight_rule_version o where o.rule = v.rule);

-- name: add
insert into insight_rule_version (id, rule, noted, digest, body) values ($1, $2, $3, $4, $5);

-- name: of_rule
select noted, body from insight_rule_version where rule = $1 order by id desc limit $2;
