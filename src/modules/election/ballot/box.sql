-- name: add
insert into election_box (id, organisation, title, candidates, seats, issued, opened_by, opened,
  closed, root, head)
values ($1, $2, $3, $4, $5, $6, $7, $8, null, '', $9);

-- How many members have the right to vote, here and below.
-- name: voters
select count(*) from registry_published_member m
join registry_published_ancestry s on s.organisation = m.organisation
where s.ancestor = $1 and m.stage = 'full' and m.status = 'normal';

-- How many codes the boxes of an organisation were opened with that are not closed.
-- name: open_codes
select coalesce(sum(issued), 0) from election_box where organisation = $1 and closed is null;

-- name: open_for
select 1 from election_box where organisation = $1 and closed is null and candidates = $2 limit 1;

-- name: add_code
insert into election_code (box, hash) values ($1, $2);

-- name: one
select id, organisation, title, candidates, seats, issued, opened, closed, root, head
from election_box where id = $1;

-- name: organisation
select organisation from election_box where id = $1;

-- name: list
select id, organisation, title, candidates, seats, issued, opened, closed, root, head
from election_box where organisation = $1 and id < $2 order by id desc limit $3;

-- name: use_code
delete from election_code where box = $1 and hash = $2;

-- name: put_ballot
insert into election_ballot (box, commitment, record) values ($1, $2, $3);

-- name: count_ballots
select count(*) from election_ballot where box = $1;

-- name: records
select record from election_ballot where box = $1 order by commitment;

-- name: commitments
select commitment from election_ballot where box = $1 order by commitment;

-- name: clear_ballots
delete from election_ballot where box = $1;

-- name: clear_codes
delete from election_code where box = $1;

-- name: close
update election_box set closed = $2, root = $3 where id = $1;

-- Somebody who may be elected in an organisation: a full member in good standing, there or below.
-- name: candidate
select m.name from registry_published_member m
join registry_published_ancestry s on s.organisation = m.organisation
where m.person = $1 and s.ancestor = $2 and m.stage = 'full' and m.status = 'normal' limit 1;

