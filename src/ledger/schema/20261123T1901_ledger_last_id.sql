-- The last id that was given out when a commit was made: ids go on after it, whatever the clock
-- says by then. Not every
-- id stands in a fact.
alter table ledger_store add column last_id bigint not null default 0;
