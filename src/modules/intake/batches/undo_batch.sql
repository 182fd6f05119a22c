-- name: batch
select id, last_seq, state from intake_batch where id = $1;

-- name: set_undone
update intake_batch set state = 'undone' where id = $1;

-- name: add_undo
insert into intake_undo (batch, actor, recorded, first_seq, last_seq) values ($1, $2, $3, $4, $5);

-- name: in_the_way
-- The first fact after $2 that stands in the way: any that refers to what the batch made, and one
-- that changed a record which the batch had changed. Lights and what imports note of themselves are
-- no reason, nor is what was undone itself: imports, and mergers of persons from then on.
select f.seq, f.kind, f.happened, f.organisation, f.person, f.subject from ledger_fact f
where f.seq > $2 and f.kind not between 60 and 79
  and (exists (select 1 from registry_published_made m where m.id = f.person and m.batch = $1)
    or exists (select 1 from registry_published_made m
               where m.id = f.organisation and m.batch = $1)
    or (f.kind not in (50, 51)
        and exists (select 1 from registry_published_made m
                    where m.id = f.subject and m.batch = $1))
    or (f.kind between 40 and 49
        and (exists (select 1 from orglife_published_made m
                     where m.id = f.subject and m.batch = $1)
          or exists (select 1 from orglife_published_attendance a
                     join registry_published_made m on m.id = a.person and m.batch = $1
                     where a.activity = f.subject)))
    or (f.kind between 1 and 19
        and exists (select 1 from registry_published_change c
                    where c.subject = f.organisation and c.batch = $1))
    or (f.kind between 20 and 29
        and exists (select 1 from registry_published_change c
                    where c.subject = f.person and c.batch = $1))
    or (f.kind between 30 and 49
        and exists (select 1 from registry_published_change c
                    where c.subject = f.subject and c.batch = $1)))
  and not exists (select 1 from intake_batch b
                  where b.state = 'undone' and f.seq > b.first_seq and f.seq <= b.last_seq)
  and not exists (select 1 from intake_undo u where f.seq > u.first_seq and f.seq <= u.last_seq)
  and not exists (select 1 from registry_published_undone u
                  where u.first_seq >= $2
                    and ((f.seq > u.first_seq and f.seq <= u.last_seq)
                      or (f.seq > u.undo_first_seq and f.seq <= u.undo_last_seq)))
order by f.seq limit 1;

-- name: held_by_merger
select kept, dropped from registry_published_held where batch = $1 limit 1;

-- name: reopen_accepted
update intake_refused set state = 'open'
where exists (select 1 from intake_acceptance a
              where a.accepted_in = $1 and a.batch = intake_refused.batch
                and a.sheet = intake_refused.sheet and a.row = intake_refused.row);

-- name: forget_acceptances
delete from intake_acceptance where accepted_in = $1;

-- name: forget_refused
delete from intake_refused where batch = $1;

-- name: forget_notes
delete from intake_note where batch = $1;

-- name: forget_similar
delete from intake_similar
where batch = $1 or person in (select id from registry_published_made where batch = $1);

-- name: last_seq
select coalesce(max(seq), 0) from ledger_fact;

-- name: name_of_organisation
select code from registry_published_organisation where id = $1;

-- name: name_of_person
select number from registry_published_member where person = $1 and number <> '';
