-- Papers on file in a case. Their content lies sealed in the data folder, in materials/.
create table workflow_material (
  id       bigint primary key,
  case_id  bigint not null,
  element  text not null,    -- the step that asks for it
  material text not null,    -- its name in the step's list
  name     text not null,    -- of the file, as its sender called it
  type     text not null,    -- pdf | jpeg | png | docx | xlsx | ofd, by its content
  bytes    bigint not null,
  hash     text not null,    -- SHA-256 of the content, hexadecimal
  place    text not null,    -- the name of the sealed file: a keyed hash of the content
  added    bigint not null,  -- ms
  added_by bigint not null,  -- the account
  removed  bigint            -- ms; null: it is on file
);
create index workflow_material_case on workflow_material (case_id, id);
create index workflow_material_place on workflow_material (place);
