-- What people are told of a job beside its progress: JSON, of what its kind tells.
alter table api_job add column about text not null default '{}';
