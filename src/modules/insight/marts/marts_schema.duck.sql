-- name: create
create schema mart;
create table mart.follower (position bigint not null, leaf text not null);
insert into mart.follower values (0, '');

create table mart.organisation_base (organisation bigint, kind text, unit_kind text, founded date, elected date,
  term_years integer, extended_to date, ended date);
create table mart.organisation_delta as from mart.organisation_base;
create table mart.organisation_gone (organisation bigint);
create view mart.organisation as
select * from mart.organisation_base as b
where not exists (select 1 from mart.organisation_gone as g where g.organisation = b.organisation)
union all select * from mart.organisation_delta;

create table mart.member_base (person bigint, organisation bigint, sex text, ethnic text, birth date, education text,
  occupation text, stage text, joined date, confirmed date, probation_until date, status text, lost_since date,
  floating_since date);
create table mart.member_delta as from mart.member_base;
create table mart.member_gone (person bigint);
create view mart.member as
select * from mart.member_base as b
where not exists (select 1 from mart.member_gone as g where g.person = b.person)
union all select * from mart.member_delta;

create table mart.post_base (post bigint, organisation bigint, person bigint, title text, from_date date, to_date date,
  holder_status text);
create table mart.post_delta as from mart.post_base;
create table mart.post_gone (post bigint);
create view mart.post as
select * from mart.post_base as b
where not exists (select 1 from mart.post_gone as g where g.post = b.post)
union all select * from mart.post_delta;

create table mart.activity_base (activity bigint, organisation bigint, kind text, held_on date, period_kind text,
  period_first date, period_last date);
create table mart.activity_delta as from mart.activity_base;
create table mart.activity_gone (activity bigint);
create view mart.activity as
select * from mart.activity_base as b
where not exists (select 1 from mart.activity_gone as g where g.activity = b.activity)
union all select * from mart.activity_delta;

create table mart.payment_base (organisation bigint, person bigint, month integer, paid_on date, amount_cents bigint);
create table mart.payment_delta as from mart.payment_base;
create table mart.payment_gone (person bigint);
create view mart.payment as
select * from mart.payment_base as b
where not exists (select 1 from mart.payment_gone as g where g.person = b.person)
union all select * from mart.payment_delta;

create table mart.ancestry (ancestor bigint, organisation bigint, depth integer);
create table mart.parameter_value (rule text, parameter text, organisation bigint, value integer);

-- name: create_scope
create temp table scope_touched (organisation bigint);
create temp table scope_organisation as from mart.organisation_base limit 0;
create temp table scope_member as from mart.member_base limit 0;
create temp table scope_post as from mart.post_base limit 0;
create temp table scope_activity as from mart.activity_base limit 0;
create temp table scope_payment as from mart.payment_base limit 0;

-- name: drop
drop schema if exists mart cascade;
