-- name: create
create schema mart;
create table mart.follower (version integer not null, store text not null, position bigint not
  null, leaf text not null,
  structure_stale boolean not null);

create table mart.organisation_base (organisation bigint, kind text, unit_kind text, founded date,
  elected date,
  term_years integer, extended_to date, ended date);
create table mart.member_base (person bigint, organisation bigint, sex text, ethnic text,
  birth date, education text,
  occupation text, stage text, joined date, confirmed date, probation_until date, status text,
  lost_since date,
  floating_since date);
create table mart.post_base (post bigint, organisation bigint, person bigint, title text,
  from_date date, to_date date,
  holder_status text);
create table mart.activity_base (activity bigint, organisation bigint, kind text, held_on date,
  period_kind text,
  period_first date, period_last date);
create table mart.payment_base (organisation bigint, person bigint, month integer, paid_on date,
  amount_cents bigint);
create table mart.task_base (task bigint, organisation bigint, process text, opened date, due date);

create table mart.ancestry (ancestor bigint, organisation bigint, depth integer);
create table mart.parameter_value (rule text, parameter text, organisation bigint, value integer);

-- name: follower
select version, store, position, leaf, structure_stale from mart.follower;

-- name: set_parameters
select distinct rule || ':' || parameter from mart.parameter_value;

-- name: drop
drop schema if exists mart cascade;
