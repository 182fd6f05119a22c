-- name: organisation_names
select id, code, name from registry_published_organisation where id in (select value
  from json_each($1));

-- name: person_names
select person, number, name from registry_published_member where person in (select value
  from json_each($1));

-- name: organisation_of_person
select organisation from registry_published_member where person = $1;

-- name: doubts
select subject, rows from intake_published_doubt
where subject_kind = $1 and subject in (select value from json_each($2));
