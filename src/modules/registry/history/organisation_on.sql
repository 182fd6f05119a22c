-- name: renamed_after
-- What a renaming replaced stands in its fact; one that took another back is of the same day.
select payload from ledger_fact
where organisation = $1 and kind < 20 and kind = 5 and happened > $2 order by happened, seq;
