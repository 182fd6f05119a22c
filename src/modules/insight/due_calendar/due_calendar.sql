-- name: set_feed
insert into insight_calendar (account, secret, made) values ($1, $2, $3)
on conflict (account) do update set secret = excluded.secret, made = excluded.made;

-- name: made
select made from insight_calendar where account = $1;

-- name: drop_feed
delete from insight_calendar where account = $1;

-- name: account_of
select account from insight_calendar where secret = $1;

-- name: due
-- Red sorts before yellow.
select l.rule, l.subject_kind, l.organisation, o.name, l.due, min(l.level), count(*), max(l.lit_at)
from registry_published_standing a
join insight_light l on l.organisation = a.organisation
join registry_published_organisation o on o.id = l.organisation
left join insight_handling h on h.rule = l.rule and h.subject = l.subject and h.ended is null
  and h.what = 'waived' and (h.until is null or h.until >= $6)
where a.structure = $1 and h.id is null and l.due between $4 and $5
  and (a.ancestor in (select value from json_each($2))
       or a.depth = 0 and a.ancestor in (select value from json_each($3)))
group by l.rule, l.subject_kind, l.organisation, o.name, l.due
order by l.due, l.organisation, l.rule limit $7;
