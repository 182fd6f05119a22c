-- name: rows
-- With those that were dealt with already where $5 is 1; with a code of the row where $4 has one,
-- between blanks.
select row from intake_refused
where batch = $1 and sheet = $2 and row > $3 and (' ' || codes || ' ') like $4
  and (state = 'open' or $5 = 1)
order by row limit $6;
