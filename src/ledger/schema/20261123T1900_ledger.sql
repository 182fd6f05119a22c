-- Who owns the store, and what was set when it was made.
create table ledger_store (
  store_id text not null,       -- names the key file
  node     integer not null,    -- part of every id made here
  created  integer not null
);

-- What happened, in order, never changed. Persons and organisations by id only.
create table ledger_fact (
  seq          bigint primary key,
  happened     integer not null,   -- days since 1970
  recorded     integer not null,   -- milliseconds since 1970, never decreasing
  kind         integer not null,   -- packs/<pack>/facts.toml
  organisation bigint not null,    -- 0: none
  person       bigint not null,    -- 0: none
  subject      bigint not null,    -- 0: none
  amount       bigint not null,
  payload      text not null,
  actor        bigint not null,
  command      bigint not null,
  leaf         blob not null       -- RFC 6962 leaf hash of all of the above
);

-- Roots of full subtrees, every eighth level: proofs need not read every leaf.
create table ledger_node (
  level    integer not null,
  position bigint not null,
  hash     blob not null,
  primary key (level, position)
) without rowid;

-- The tree's size and root after each commit, signed with the key file.
create table ledger_head (
  size     bigint primary key,
  root     blob not null,
  peaks    blob not null,
  signature blob not null,
  recorded integer not null
);
