-- Rows change in place here.
select 1;
