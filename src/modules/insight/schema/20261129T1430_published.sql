-- What other modules may read of lights.
create view insight_published_light as
select rule, subject_kind, subject, organisation, level, since, due from insight_light;
