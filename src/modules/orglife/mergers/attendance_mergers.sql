-- name: attended
select t.activity, a.organisation,
  case when exists (select 1 from orglife_attendance k
                    where k.activity = t.activity and k.person = $2) then 1 else 0 end
from orglife_attendance t join orglife_activity a on a.id = t.activity
where t.person = $1 order by t.activity limit $3;

-- name: move
update orglife_attendance set person = $3
where person = $2 and activity in (select value from json_each($1));

-- name: leave
delete from orglife_attendance
where person = $2 and activity in (select value from json_each($1));

-- name: put_back
-- Where the one kept is no longer on the roster, neither was the other.
insert into orglife_attendance (activity, person)
select k.activity, $2 from orglife_attendance k
where k.person = $3 and k.activity in (select value from json_each($1))
on conflict (activity, person) do nothing;
