-- What a box was opened with, part by part as hashes; the root binds them. Empty: opened before
-- that, and its root binds the ballots alone.
alter table election_box add column head text not null default '';
