-- name: organisations
select id, kind, unit_kind, founded, elected, term_years, extended_to, ended
  from registry_published_organisation
order by id;

-- name: organisations_by_id
select id, kind, unit_kind, founded, elected, term_years, extended_to, ended
  from registry_published_organisation
where id in (select value from json_each($1));

-- name: members
select person, organisation, sex, ethnic, birth, education, occupation, stage, joined, confirmed,
  probation_until, status,
       lost_since, floating_since
from registry_published_member order by organisation;

-- name: members_by_person
select person, organisation, sex, ethnic, birth, education, occupation, stage, joined, confirmed,
  probation_until, status,
       lost_since, floating_since
from registry_published_member where person in (select value from json_each($1));

-- name: posts
select id, organisation, person, title, from_date, to_date, holder_status
  from registry_published_post
order by organisation;

-- name: posts_by_id
select id, organisation, person, title, from_date, to_date, holder_status
  from registry_published_post
where id in (select value from json_each($1));

-- name: posts_of_persons
select id from registry_published_post where person in (select value from json_each($1));

-- name: activities
select id, organisation, kind, held_on, period from orglife_published_activity
  order by organisation;

-- name: activities_by_id
select id, organisation, kind, held_on, period from orglife_published_activity
where id in (select value from json_each($1));

-- name: payments
select m.organisation, p.person, p.month, p.paid_on, p.amount_cents
from dues_published_payment p join registry_published_member m on m.person = p.person;

-- name: payments_by_person
select m.organisation, p.person, p.month, p.paid_on, p.amount_cents
from dues_published_payment p join registry_published_member m on m.person = p.person
where p.person in (select value from json_each($1));

-- What facts recorded and nothing changed since. Where a payment's day is not known, the fact has
-- the first of its month: then another of the same amount may be found too.
-- name: payments_recorded
select m.organisation, p.person, p.month, p.paid_on, p.amount_cents
from ledger_fact f
join dues_published_payment p on p.person = f.person and p.month = f.subject
  and p.amount_cents = f.amount and (p.paid_on = f.happened or p.paid_on is null)
join registry_published_member m on m.person = f.person
where f.seq > $1 and f.seq <= $2 and f.kind = 50
  and f.person not in (select value from json_each($3));

-- name: count_payments_recorded
select count(*) from ledger_fact f
where f.seq > $1 and f.seq <= $2 and f.kind = 50
  and f.person not in (select value from json_each($3));

-- Tasks that are open and have a day; days are those of China.
-- name: tasks
select id, organisation, process, (opened + 28800000) / 86400000, (due + 28800000) / 86400000
from workflow_published_task where state = 'open' and due is not null order by organisation;

-- name: tasks_by_id
select id, organisation, process, (opened + 28800000) / 86400000, (due + 28800000) / 86400000
from workflow_published_task
where state = 'open' and due is not null and id in (select value from json_each($1));

-- name: ancestry
select ancestor, organisation, depth from registry_published_ancestry;

-- name: parameters
select p.rule, p.parameter, a.organisation, p.value, a.depth
from insight_parameter p join registry_published_ancestry a on a.ancestor = p.organisation
order by p.rule, p.parameter, a.organisation, a.depth desc;

-- The same as if one of them had the value $4.
-- name: parameters_with
select p.rule, p.parameter, a.organisation, p.value, a.depth
from (select rule, parameter, organisation, value from insight_parameter
      where not (rule = $1 and parameter = $2 and organisation = $3)
      union all select cast($1 as text), cast($2 as text), cast($3 as bigint), cast($4 as bigint)) p
join registry_published_ancestry a on a.ancestor = p.organisation
order by p.rule, p.parameter, a.organisation, a.depth desc;

-- What stands in the marts: 1-59, 73 (kParameterSet) and 122-125 (tasks). Lights are facts too, but
-- nothing that rules look at.
-- name: facts_between
select distinct kind, organisation, person, subject from ledger_fact
where seq > $1 and seq <= $2
  and (kind < 60 or kind = 73 or kind between 122 and 125);

-- name: count_between
select count(*) from ledger_fact
where seq > $1 and seq <= $2 and (kind < 60 or kind = 73 or kind between 122 and 125);

-- name: any_parameter
select exists (select 1 from insight_parameter);

-- name: organisations_below
select distinct organisation from registry_published_ancestry where ancestor in (select value
  from json_each($1));

-- name: last_seq
select coalesce(max(seq), 0) from ledger_fact;

-- name: last_leaf
select leaf from ledger_fact where seq = $1;

-- name: organisations_of_posts
select distinct organisation from registry_published_post where person in (select value
  from json_each($1));

-- name: organisations_of_persons
select distinct organisation from registry_published_member where person in (select value
  from json_each($1));
