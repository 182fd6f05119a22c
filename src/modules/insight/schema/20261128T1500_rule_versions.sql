-- What each rule said from when on: its texts and queries, as JSON, each time another was loaded.
create table insight_rule_version (
  id     bigint primary key,
  rule   text not null,
  noted  bigint not null,  -- when the program first served by it
  digest text not null,    -- SHA-256 of the body
  body   text not null
);
create index insight_rule_version_rule on insight_rule_version (rule, id);
