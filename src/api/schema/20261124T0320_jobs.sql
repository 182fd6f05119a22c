-- Long work that goes on without its asker: imports, exports, rebuilds.
create table api_job (
  id           bigint primary key,
  kind         text not null,
  organisation bigint not null,  -- where it belongs: whoever may do such work there sees it
  account      bigint not null,
  input        text not null,    -- JSON
  state        text not null,    -- waiting | running | done | failed | cancelled
  part         integer not null, -- of a thousand
  result       text not null,    -- JSON
  error        text not null,    -- JSON: code, arguments
  attempts     integer not null,
  created      bigint not null,  -- milliseconds since 1970
  started      bigint not null,  -- 0: not yet
  finished     bigint not null   -- 0: not yet
);
create index api_job_organisation on api_job (organisation, id);
create index api_job_state on api_job (state);
