-- Persons who turned out to be one.

-- Whom a person was merged into: their record stays, everything that referred to them has moved.
-- Never a person who was merged themselves.
alter table registry_person add column merged_into bigint;
create index registry_person_merged on registry_person (merged_into) where merged_into is not null;

create table registry_merger (
  id             bigint primary key, -- the command that merged
  kept           bigint not null,
  dropped        bigint not null,
  dropped_place  bigint not null,    -- the organisation of the dropped one before; 0: none
  reason         blob not null,      -- sealed
  actor          bigint not null,
  recorded       integer not null,   -- milliseconds since 1970
  first_seq      bigint not null,    -- facts after this one, up to last_seq, are the merger's
  last_seq       bigint not null,
  state          text not null,      -- merged | undone
  undo_first_seq bigint not null,
  undo_last_seq  bigint not null
);
create index registry_merger_kept on registry_merger (kept, id);
create index registry_merger_dropped on registry_merger (dropped, id);

-- What a merger changed, as it was before, by which it is undone; forgotten with that.
create table registry_merger_row (
  merger bigint not null,
  place  text not null,     -- what kind of row: registry/post
  number integer not null,
  batch  bigint not null,   -- of the row; 0: none
  held   blob not null,     -- sealed JSON
  primary key (merger, place, number)
) without rowid;

-- Pairs of possible duplicates are looked for by either of the two.
create index registry_duplicate_second on registry_duplicate (second);

-- What other modules may read of mergers: who leads to whom, stretches of the ledger that were
-- taken back, and the imports of which rows are held by a merger.
create view registry_published_redirect as
select id as person, merged_into as kept from registry_person where merged_into is not null;

create view registry_published_undone as
select first_seq, last_seq, undo_first_seq, undo_last_seq from registry_merger
where state = 'undone';

create view registry_published_held as
select r.batch, m.kept, m.dropped from registry_merger_row r
join registry_merger m on m.id = r.merger where r.batch <> 0;
