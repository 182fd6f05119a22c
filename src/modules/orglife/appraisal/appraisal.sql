-- name: stands
select decided_on from orglife_appraisal where organisation = $1 and year = $2;

-- name: add
insert into orglife_appraisal (organisation, year, decided_on, due, present, collected, graded)
values ($1, $2, $3, $4, $5, $6, $7);

-- name: add_grade
insert into orglife_grade (organisation, year, person, grade) values ($1, $2, $3, $4);

-- name: of_organisation
select g.person, m.name, m.number, g.organisation, g.year, g.grade
from orglife_grade g join registry_published_member m on m.person = g.person
where g.organisation = $1 and g.year = $2 and g.person > $3 order by g.person limit $4;

-- name: of_person
select g.person, m.name, m.number, g.organisation, g.year, g.grade
from orglife_grade g join registry_published_member m on m.person = g.person
where g.person = $1 and (g.year, g.organisation) < ($2, $3)
order by g.year desc, g.organisation desc limit $4;

-- name: sums
select year, decided_on, due, present, collected, graded from orglife_appraisal
where organisation = $1 and year = $2;

-- What a merger of two persons moves.
-- name: graded
select g.organisation, g.year, g.grade,
  case when exists (select 1 from orglife_grade k where k.organisation = g.organisation
                    and k.year = g.year and k.person = $2) then 1 else 0 end
from orglife_grade g where g.person = $1 order by g.organisation, g.year limit $3;

-- name: remove_grade
delete from orglife_grade where organisation = $1 and year = $2 and person = $3;
