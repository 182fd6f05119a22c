-- name: facts_since
select distinct kind, person, subject from ledger_fact
where seq > $1 and seq <= $2
  and (kind < 30 or (kind >= 60 and kind < 70) or (kind >= 80 and kind < 97 and kind <> 81)
    or kind = 110);
