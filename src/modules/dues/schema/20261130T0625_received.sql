-- Who received the dues that a command recorded, and when: for the receipt.
create table dues_received (
  batch    bigint primary key,   -- the command, as payments name it
  account  bigint not null,
  recorded bigint not null       -- milliseconds since 1970
);
