#include "modules/registry/posts/posts.hpp"

#include "base/json.hpp"
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

struct OpenPost {
  Id id = kNoId;
  Id person = kNoId;
  Date from;
  std::optional<Date> to;
};
BOOST_DESCRIBE_STRUCT(OpenPost, (), (id, person, from, to))

/// The fields of a post that may change.
struct Ends {
  std::optional<Date> to;
};
BOOST_DESCRIBE_STRUCT(Ends, (), (to))

/// The payload of the fact that a command ended a post.
struct EndBefore {
  std::optional<Date> to_before;
};
BOOST_DESCRIBE_STRUCT(EndBefore, (), (to_before))

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

std::vector<Id> end_posts(Transaction& tx, const Origin& origin, Id organisation, Date on) {
  std::vector<Id> ended;
  for (const OpenPost& post : tx.all<OpenPost>(sql::posts::held_on_or_after, organisation, on)) {
    remember(tx, origin, post.id, "to", post.to ? to_iso(*post.to) : "");
    tx.run(sql::posts::set_end, post.id, std::max(on, post.from));
    tx.fact(fact::kPostChanged, on, organisation,
            {.person = post.person,
             .subject = post.id,
             .payload = boost::json::serialize(to_json(EndBefore{post.to}))});
    ended.push_back(post.id);
  }
  return ended;
}

void resume_post(Transaction& tx, const Origin& origin, Id post, std::string_view before) {
  const auto place = tx.one<Place>(sql::posts::place, post);
  const auto parsed = parse_json(before);
  if (!place || !parsed) return;
  const auto end = from_json<EndBefore>(*parsed);
  if (!end) return;
  const auto present = tx.one<std::optional<Date>>(sql::posts::end_of, post).value_or(std::nullopt);
  remember(tx, origin, post, "to", present ? to_iso(*present) : "");
  tx.run(sql::posts::set_end, post, end->to_before);
  tx.fact(fact::kPostChanged, tx.store().clock().today(), place->organisation,
          {.person = place->person, .subject = post});
}

std::optional<std::string> post_field(db::Reader& reader, Id post, std::string_view field) {
  const auto held = reader.one<Ends>(sql::posts::end_of, post);
  return held ? text_of_field(*held, field) : std::nullopt;
}

bool put_post_fields(Transaction& tx, Id post, const std::vector<FieldValue>& values) {
  auto held = tx.one<Ends>(sql::posts::end_of, post);
  const auto place = tx.one<Place>(sql::posts::place, post);
  if (!held || !place) return false;
  for (const FieldValue& given : values) put_field(*held, given);
  tx.run(sql::posts::set_end, post, held->to);
  tx.fact(fact::kPostChanged, tx.store().clock().today(), place->organisation,
          {.person = place->person, .subject = post});
  return true;
}

void withdraw_post(Transaction& tx, Id post) {
  const auto place = tx.one<Place>(sql::posts::place, post);
  if (!place) return;
  tx.run(sql::posts::remove, post);
  tx.fact(fact::kPostWithdrawn, tx.store().clock().today(), place->organisation,
          {.person = place->person, .subject = post});
}

}  // namespace jishi::registry
