-- name: add_refused
insert into intake_refused (batch, sheet, row, codes, columns, cells, state, problems)
values ($1, $2, $3, $4, $5, $6, 'open', $7)
on conflict (batch, sheet, row) do nothing;

-- name: add_note
insert into intake_note (batch, sheet, row, notes) values ($1, $2, $3, $4)
on conflict (batch, sheet, row) do nothing;

-- name: refused
select row, codes, cells, problems, state from intake_refused
where batch = $1 and sheet = $2 and row = $3;

-- name: open_rows
select row, codes, cells, problems, state from intake_refused
where batch = $1 and sheet = $2 and row > $3 and state = 'open' order by row limit $4;

-- name: sheet
select file, name, kind, headers, columns, epoch from intake_sheet where batch = $1 and sheet = $2;
