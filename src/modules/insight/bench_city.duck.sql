-- Ids are spread as the store's own are: 16,384 in a row, then a step.

-- name: counts
create temp table bench_size as
select members, organisations, as_of, greatest(1, organisations // 3000) as large,
       greatest(1, organisations // 300) as middle, greatest(1, organisations // 30) as small
from (select cast($1 as bigint) as members, cast($2 as bigint) as organisations,
  cast($3 as date) as as_of);

-- name: helpers
create macro bench_id(number) as 1152921504606846976 + (number // 16384) * 4194304 + number % 16384;
create macro bench_dice(number, salt) as cast(hash(number, salt) % 1000 as integer);
create table mart.attendance (activity bigint, organisation bigint, person bigint);

-- name: organisations
insert into mart.organisation_base
with numbered as (
  select r.range as n, s.*,
         case when r.range = 0 then 0 when r.range <= large then 1
              when r.range <= large + middle then 2
              when r.range <= large + middle + small then 3 else 4 end as level
  from range($1) as r, bench_size as s)
select bench_id(n),
       case level when 4 then case when bench_dice(n, 1) < 50 then 'joint_branch' else 'branch' end
                  when 3 then 'general_branch' else 'committee' end,
       case bench_dice(n, 2) // 200 when 0 then 'village' when 1 then 'community'
            when 2 then 'institution'
                                    when 3 then 'private_enterprise' else 'government' end,
       date '2001-01-01' + cast(bench_dice(n, 3) as integer) * 8,
       cast(as_of - to_days(cast(case when bench_dice(n, 4) < 30 then 1850 + bench_dice(n, 5)
                                      else 10 + bench_dice(n, 5) * 0.85 end as integer)) as date),
       case when bench_dice(n, 6) < 100 then 3 end,
       null,
       case when level = 4 and bench_dice(n, 7) < 2 then as_of - 30 end
from numbered order by n;

-- name: ancestry
insert into mart.ancestry
with recursive parents as (
  select r.range as n,
         case when r.range = 0 then null
              when r.range <= large then 0
              when r.range <= large + middle then 1 + (r.range - large - 1) * large // middle
              when r.range <= large + middle + small
                then 1 + large + (r.range - large - middle - 1) * middle // small
              else 1 + large + middle + (r.range - large - middle - small - 1) * small
                   // greatest(1, organisations - large - middle - small) end as parent
  from range($1) as r, bench_size as s),
walk (ancestor, organisation, depth) as (
  select n, n, 0 from parents
  union all
  select p.parent, w.organisation, w.depth + 1 from walk as w join parents as p on p.n = w.ancestor
  where p.parent is not null)
select bench_id(ancestor), bench_id(organisation), depth from walk;

-- Some branches are too large, and those beside them too small.
-- name: members
insert into mart.member_base
with numbered as (
  select r.range as n, s.*, 1 + large + middle + small as first_branch,
         r.range * (organisations - large - middle - small - 1) // members as place
  from range($1) as r, bench_size as s),
placed as (
  select *, first_branch + case when place % 101 < 4 then place - place % 101 else place end
       as branch
  from numbered)
select bench_id(organisations + n), bench_id(branch),
       case when bench_dice(n, 11) < 309 then 'female' else 'male' end,
       case when bench_dice(n, 12) < 77 then '15' else '01' end,
       date '1940-01-01' + cast(bench_dice(n, 13) * 23 + bench_dice(n, 14) % 23 as integer),
       case when bench_dice(n, 15) < 550 then '21' when bench_dice(n,
       15) < 800 then '31' else '71' end,
       case bench_dice(n, 16) // 200 when 0 then 'worker' when 1 then 'farmer'
            when 2 then 'professional'
                                     when 3 then 'manager' else 'retired' end,
       case when bench_dice(n, 17) < 20 then 'probationary' else 'full' end,
       case when bench_dice(n, 17) < 20 then as_of - 20 - cast(bench_dice(n, 18) % 360 as integer)
            else date '1975-01-01' + cast(bench_dice(n, 18) * 18 as integer) end,
       case when bench_dice(n, 17) >= 20 then date '1976-01-01' + cast(bench_dice(n,
       18) * 18 as integer) end,
       null,
       case when bench_dice(n, 19) < 8 then 'suspended' else 'normal' end,
       case when bench_dice(n, 20) < 3 then as_of - 30 - cast(bench_dice(n,
       21) // 3 as integer) end,
       null
from placed order by n;

-- name: posts
insert into mart.post_base
with numbered as (
  select organisation, person, status, row_number() over (partition by organisation
  order by person) as place
  from mart.member_base)
select person + place, organisation, person,
       case place when 1 then 'secretary' when 2 then 'organisation_member'
            else 'publicity_member' end,
       date '2024-01-10', case when bench_dice(person, 31) < 20 then date '2026-01-31' end, status
from numbered where place <= 3
union all
select organisation + 1, organisation, null, 'secretary', date '2023-01-10', null, 'normal'
from mart.organisation_base where kind in ('committee', 'general_branch')
order by organisation;

-- Theme days and committee meetings of 25 months, members' meetings and lectures of nine quarters,
-- life meetings of
-- three years, and seven group meetings: 78 a branch, some of them not held.
-- name: activities
insert into mart.activity_base
with slot as (
  select r.range % 78 as slot, r.range // 78 as branch_number, r.range as n, s.*
  from range($1) as r, bench_size as s),
kinds as (
  select *, bench_id(1 + large + middle + small + branch_number) as branch,
         case when slot < 25 then 'theme_day' when slot < 50 then 'committee_meeting'
              when slot < 59 then 'members_meeting' when slot < 68 then 'lecture'
              when slot < 71 then 'life_meeting' else 'group_meeting' end as kind,
         cast(case when slot < 25 then date_trunc('month',
         as_of) - to_months(cast(24 - slot as integer))
                   when slot < 50 then date_trunc('month',
                   as_of) - to_months(cast(49 - slot as integer))
                   when slot < 59 then date_trunc('quarter',
                   as_of) - to_months(cast(3 * (58 - slot) as integer))
                   when slot < 68 then date_trunc('quarter',
                   as_of) - to_months(cast(3 * (67 - slot) as integer))
                   when slot < 71 then date_trunc('year',
                   as_of) - to_months(cast(12 * (70 - slot) as integer))
                   else date_trunc('month',
                   as_of) - to_months(cast(77 - slot as integer)) end as date) as first_day
  from slot)
select bench_id(100000000 + n), branch, kind, first_day + cast(bench_dice(n, 41) % 25 as integer),
  null, null, null
from kinds where bench_dice(n, 42) >= 15 order by n;

-- name: attendances
insert into mart.attendance
select activity, organisation, bench_id(organisations + (r.range * 7919) % members)
from range($1) as r, bench_size as s
join (select activity, organisation, row_number() over () - 1 as place from mart.activity_base) as a
  on a.place = r.range * 2 // 11;

-- Payments of 24 months up to the last full one, by member; some stopped paying.
-- name: payments
insert into mart.payment_base
with month as (
  select r.range // 24 as n, r.range % 24 as month_number, s.*,
  1 + large + middle + small as first_branch,
         (r.range // 24) * (organisations - large - middle - small - 1) // members as place,
         cast(extract(year from as_of) * 12 + extract(month
         from as_of) - 25 as integer) as first_month
  from range($1) as r, bench_size as s)
select bench_id(first_branch + case when place % 101 < 4 then place - place % 101 else place end),
       bench_id(organisations + n), cast(first_month + month_number as integer),
       cast(date '2000-01-11' + to_months(cast(first_month + month_number - 24000 as integer))
            as date), 2000
from month where bench_dice(n, 51) >= 15 or month_number < bench_dice(n, 52) % 24;

-- name: pick_branches
select organisation from (select organisation, row_number() over (order by organisation) as place,
  count(*) over () as n
                          from mart.organisation_base where kind in ('branch', 'joint_branch')
                          and ended is null)
where place % greatest(1, n // cast($1 as bigint)) = 0 order by organisation limit $1;

-- name: payers
select organisation, min(person) from mart.member_base group by organisation;
