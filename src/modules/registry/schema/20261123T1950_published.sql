-- What other modules may read of the registry.
create view registry_published_organisation as
select o.id, o.code, o.name, o.kind, o.unit_kind, o.founded, o.elected, o.term_years, o.extended_to,
  o.ended
from registry_organisation o;

create view registry_published_member as
select m.person, m.organisation, p.number, p.name, p.sex, p.ethnic, p.birth, p.education,
  p.occupation, m.stage, m.joined,
       m.confirmed, m.probation_until, m.status, m.lost_since, m.floating_since
from registry_membership m join registry_person p on p.id = m.person
where m.valid_to is null;

create view registry_published_post as
select t.id, t.organisation, t.person, t.title, t.from_date, t.to_date, m.status as holder_status
from registry_post t left join registry_membership m on m.person = t.person and m.valid_to is null;

create view registry_published_ancestry as
select ancestor, organisation, depth from registry_ancestry where structure = 'party';
