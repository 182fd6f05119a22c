-- Activities whose resolutions the organisation has made public among its members.
create table orglife_publication (
  activity     bigint primary key,
  published_on integer not null
);

-- What an organisation plans for a year; set anew as a whole.
create table orglife_plan (
  organisation bigint not null,
  year         integer not null,
  item         integer not null,  -- its place in the plan
  kind         text not null,
  planned_on   integer not null,
  topic        text not null,
  primary key (organisation, year, item)
) without rowid;

-- The democratic appraisal of a year. Of the ballot only its sums are kept.
create table orglife_appraisal (
  organisation bigint not null,
  year         integer not null,
  decided_on   integer not null,
  due          integer not null,
  present      integer not null,
  collected    integer not null,
  graded       integer not null,
  primary key (organisation, year)
) without rowid;
create table orglife_grade (
  organisation bigint not null,
  year         integer not null,
  person       bigint not null,
  grade        blob not null,     -- sealed
  primary key (organisation, year, person)
) without rowid;
create index orglife_grade_person on orglife_grade (person);
