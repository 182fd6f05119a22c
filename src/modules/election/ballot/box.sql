-- name: add
insert into election_box (id, organisation, title, candidates, seats, issued, opened_by, opened,
  closed, root)
values ($1, $2, $3, $4, $5, $6, $7, $8, null, '');

-- name: add_code
insert into election_code (box, hash) values ($1, $2);

-- name: one
select id, organisation, title, candidates, seats, issued, opened, closed, root
from election_box where id = $1;

-- name: organisation
select organisation from election_box where id = $1;

-- name: list
select id, organisation, title, candidates, seats, issued, opened, closed, root
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

-- name: candidate
select name from registry_published_member where person = $1;

