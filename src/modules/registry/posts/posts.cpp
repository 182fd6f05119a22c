#include "modules/registry/posts/posts.hpp"

#include "modules/registry/facts.hpp"
#include "modules/registry/posts/posts.sql.hpp"

namespace jishi::registry {

namespace {

struct Held {
  Id id = kNoId;
  std::optional<Date> to;
  Id source = kNoId;
  Id batch = kNoId;
};
BOOST_DESCRIBE_STRUCT(Held, (), (id, to, source, batch))

struct Place {
  Id organisation = kNoId;
  Id person = kNoId;
};
BOOST_DESCRIBE_STRUCT(Place, (), (organisation, person))

}  // namespace

Recorded record_post(Transaction& tx, const Origin& origin, const PostRecord& record) {
  auto held =
      tx.one<Held>(sql::posts::find, record.person, record.organisation, record.title, record.from);
  if (!held) {
    const Id id = tx.new_id();
    tx.run(sql::posts::add, id, record.person, record.organisation, record.title, record.from,
           record.to, origin.source, origin.batch);
    tx.fact(fact::kPostRecorded, record.from, record.organisation,
            {.person = record.person, .subject = id});
    return {id, Outcome::created};
  }
  Merger merger(tx, origin, "post", held->id, {held->source, 0, held->batch, 0});
  merger.date("to", held->to, record.to);
  if (merger.changed().empty()) {
    return {held->id, merger.conflicted() ? Outcome::changed : Outcome::unchanged};
  }
  tx.run(sql::posts::set_end, held->id, held->to);
  tx.fact(fact::kPostChanged, tx.store().clock().today(), record.organisation,
          {.person = record.person, .subject = held->id});
  return {held->id, Outcome::changed};
}

void withdraw_post(Transaction& tx, Id post) {
  const auto place = tx.one<Place>(sql::posts::place, post);
  if (!place) return;
  tx.run(sql::posts::remove, post);
  tx.fact(fact::kPostWithdrawn, tx.store().clock().today(), place->organisation,
          {.person = place->person, .subject = post});
}

}  // namespace jishi::registry
