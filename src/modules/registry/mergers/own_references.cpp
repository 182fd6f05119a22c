// What this module's tables hold of persons beside their archives.

#include "modules/registry/facts.hpp"
#include "modules/registry/members/members.hpp"
#include "modules/registry/members/members.sql.hpp"
#include "modules/registry/mergers/mergers.sql.hpp"
#include "modules/registry/mergers/references.hpp"
#include "modules/registry/posts/posts.hpp"
#include "modules/registry/posts/posts.sql.hpp"

namespace jishi::registry {

namespace {

constexpr std::string_view kConflicts = "registry/conflict";
constexpr std::string_view kMovedPosts = "registry/post";
constexpr std::string_view kSharedPosts = "registry/shared_post";
constexpr std::string_view kSharedWith = "registry/shared_post_of_kept";
constexpr std::string_view kPairs = "registry/duplicate";
constexpr std::string_view kPairsOfKept = "registry/duplicate_of_kept";
constexpr int kMaxPairs = 10'000;

Date today(Transaction& tx) {
  return tx.store().clock().today();
}

// --- posts ---------------------------------------------------------------------------------------

struct Post {
  Id id = kNoId;
  Id person = kNoId;
  Id organisation = kNoId;
  std::string title;
  Date from;
  std::optional<Date> to;
  Id source = kNoId;
  Id batch = kNoId;
};
BOOST_DESCRIBE_STRUCT(Post, (), (id, person, organisation, title, from, to, source, batch))

/// A post that both records had; the dropped one's row is gone.
struct SharedPost {
  Post dropped;
  Id kept = kNoId;
  std::optional<Date> to_before;  // of the one kept
  bool to_given = false;          // by the dropped one
};
BOOST_DESCRIBE_STRUCT(SharedPost, (), (dropped, kept, to_before, to_given))

void tell(Transaction& tx, FactKind kind, const Post& post, Id person) {
  tx.fact(kind, today(tx), post.organisation, {.person = person, .subject = post.id});
}

/// Of a post that both have, its end is a field of both.
SharedPost join_posts(Transaction& tx, const PersonMerger& merger, Post& kept,
                      const Post& dropped) {
  SharedPost shared{dropped, kept.id, kept.to, false};
  Origin origin = origin_of_field(tx, dropped.id, "to", {dropped.source, 0, dropped.batch, 0});
  origin.batch = merger.id;
  origin.recorded_ms = tx.store().clock().now_ms();
  Merger fields(tx, origin, "post", kept.id, {kept.source, 0, kept.batch, 0}, Tie::held);
  fields.date("to", kept.to, dropped.to);
  shared.to_given = !fields.changed().empty();
  tx.run(sql::posts::remove, dropped.id);
  tell(tx, fact::kPostWithdrawn, dropped, merger.dropped);
  if (!shared.to_given) return shared;
  tx.run(sql::posts::set_end, kept.id, kept.to);
  tell(tx, fact::kPostChanged, kept, merger.kept);
  return shared;
}

Result<MovedReferences> move_posts(Transaction& tx, const PersonMerger& merger) {
  MovedReferences told{"posts", 0, 0};
  MergerMemory moved(tx, merger.id, kMovedPosts);
  MergerMemory shared(tx, merger.id, kSharedPosts);
  MergerMemory shared_with(tx, merger.id, kSharedWith);
  const auto posts = tx.all<Post>(sql::mergers::posts, merger.dropped, kMaxMovedRows + 1);
  if (posts.size() > static_cast<std::size_t>(kMaxMovedRows)) return merger_too_large("posts");
  for (const Post& post : posts) {
    auto same = tx.one<Post>(sql::mergers::same_post, merger.kept, post.organisation, post.title,
                             post.from);
    if (same) {
      shared_with.keep(*same, same->batch);
      shared.keep(join_posts(tx, merger, *same, post), post.batch);
      ++told.shared;
      continue;
    }
    moved.keep(post);
    tx.run(sql::mergers::move_post, post.id, merger.dropped, merger.kept);
    tell(tx, fact::kPostChanged, post, merger.kept);
    ++told.moved;
  }
  return told;
}

void put_back_posts(Transaction& tx, const PersonMerger& merger) {
  for (const Post& post : MergerMemory(tx, merger.id, kMovedPosts).rows<Post>()) {
    if (tx.run(sql::mergers::move_post, post.id, merger.kept, merger.dropped) == 0) continue;
    tell(tx, fact::kPostChanged, post, merger.dropped);
  }
  for (const SharedPost& shared : MergerMemory(tx, merger.id, kSharedPosts).rows<SharedPost>()) {
    const Post& post = shared.dropped;
    const auto last = tx.one<Id>(sql::mergers::last_batch, shared.kept, "to");
    if (shared.to_given && last == merger.id) {
      tx.run(sql::mergers::forget_change, merger.id, shared.kept, "to");
      tx.run(sql::posts::set_end, shared.kept, shared.to_before);
      tx.fact(fact::kPostChanged, today(tx), post.organisation,
              {.person = merger.kept, .subject = shared.kept});
    }
    tx.run(sql::posts::add, post.id, post.person, post.organisation, post.title, post.from, post.to,
           post.source, post.batch);
    tell(tx, fact::kPostRecorded, post, post.person);
  }
}

// --- conflicts -----------------------------------------------------------------------------------

/// A value that waited beside the dropped record's, or beside that of a post it shared.
struct WaitingValue {
  Id id = kNoId;
  std::string subject_kind;
  Id subject = kNoId;
  std::string field;
  std::string other;
  Id source = kNoId;
  Id batch = kNoId;
};
BOOST_DESCRIBE_STRUCT(WaitingValue, (), (id, subject_kind, subject, field, other, source, batch))

struct ConflictRow {
  Id id = kNoId;
  std::string field;
  Blob other;
  Id source = kNoId;
  Id batch = kNoId;
  int rank = 0;
};
BOOST_DESCRIBE_STRUCT(ConflictRow, (), (id, field, other, source, batch, rank))

void add_conflict(Transaction& tx, Id id, const WaitingValue& value) {
  const crypto::Keys& keys = tx.store().keys();
  tx.run(sql::mergers::add_conflict, id, value.subject_kind, value.subject, value.field,
         seal_beside(keys, value.subject, value.field, value.other),
         keys.blind_index(value.field, value.other), value.source, value.batch);
}

/// What waits beside one subject waits beside another from now on, unless it stands there anyway.
std::int64_t move_conflicts(Transaction& tx, const PersonMerger& merger, std::string_view kind,
                            Id from, Id to, MergerMemory& memory) {
  const crypto::Keys& keys = tx.store().keys();
  std::int64_t moved = 0;
  for (const ConflictRow& row : tx.all<ConflictRow>(sql::mergers::open_conflicts, from)) {
    WaitingValue value{row.id,
                       std::string(kind),
                       from,
                       row.field,
                       open_beside(keys, from, row.field, row.other).value_or(""),
                       row.source,
                       row.batch};
    memory.keep(value, row.batch);
    tx.run(sql::mergers::delete_conflict, row.id);
    const auto held =
        kind == "post" ? post_field(tx, to, row.field) : member_field(tx, keys, to, row.field);
    if (held == value.other) continue;
    value.subject = to;
    value.batch = merger.id;
    add_conflict(tx, tx.new_id(), value);
    ++moved;
  }
  return moved;
}

MovedReferences move_all_conflicts(Transaction& tx, const PersonMerger& merger) {
  MergerMemory memory(tx, merger.id, kConflicts);
  MovedReferences told{"conflicts", 0, 0};
  told.moved = move_conflicts(tx, merger, "person", merger.dropped, merger.kept, memory);
  for (const SharedPost& shared : MergerMemory(tx, merger.id, kSharedPosts).rows<SharedPost>())
    told.moved += move_conflicts(tx, merger, "post", shared.dropped.id, shared.kept, memory);
  return told;
}

// What people decided of them meanwhile stays with the one kept.
void put_back_conflicts(Transaction& tx, const PersonMerger& merger) {
  tx.run(sql::mergers::forget_conflicts, merger.id);
  for (const WaitingValue& value : MergerMemory(tx, merger.id, kConflicts).rows<WaitingValue>())
    add_conflict(tx, value.id, value);
}

// --- possible duplicates -------------------------------------------------------------------------

struct Pair {
  Id first = kNoId;
  Id second = kNoId;
  std::string reason;
  std::string state;
  Id batch = kNoId;
};
BOOST_DESCRIBE_STRUCT(Pair, (), (first, second, reason, state, batch))

/// A pair of the one kept that came from the dropped one's.
struct PairOfKept {
  Pair pair;  // as it stands through the merger
  bool existed = false;
  Pair before;  // where it existed
};
BOOST_DESCRIBE_STRUCT(PairOfKept, (), (pair, existed, before))

void put_pair(Transaction& tx, const Pair& pair) {
  tx.run(sql::mergers::put_pair, pair.first, pair.second, pair.reason, pair.state, pair.batch);
}

/// A pair of the dropped one is one of the one kept; what somebody decided of either stands.
void move_pair(Transaction& tx, const PersonMerger& merger, const Pair& pair,
               MergerMemory& memory) {
  const Id other = pair.first == merger.dropped ? pair.second : pair.first;
  PairOfKept moved{pair, false, {}};
  moved.pair.first = std::min(merger.kept, other);
  moved.pair.second = std::max(merger.kept, other);
  if (const auto held = tx.one<Pair>(sql::mergers::pair, moved.pair.first, moved.pair.second)) {
    if (held->state != "open" || pair.state == "open") return;
    moved.existed = true;
    moved.before = *held;
    moved.pair.reason = held->reason;
    moved.pair.batch = held->batch;
  }
  memory.keep(moved);
  put_pair(tx, moved.pair);
}

Result<MovedReferences> move_pairs(Transaction& tx, const PersonMerger& merger) {
  MovedReferences told{"possible_duplicates", 0, 0};
  MergerMemory before(tx, merger.id, kPairs);
  MergerMemory of_kept(tx, merger.id, kPairsOfKept);
  const auto pairs = tx.all<Pair>(sql::mergers::pairs, merger.dropped, kMaxPairs + 1);
  if (pairs.size() > static_cast<std::size_t>(kMaxPairs)) {
    return merger_too_large("possible_duplicates");
  }
  for (const Pair& pair : pairs) {
    before.keep(pair, pair.batch);
    tx.run(sql::mergers::delete_pair, pair.first, pair.second);
    // The question whether the two are one is answered.
    if (pair.first == merger.kept || pair.second == merger.kept) {
      ++told.shared;
      continue;
    }
    move_pair(tx, merger, pair, of_kept);
    ++told.moved;
  }
  return told;
}

void put_back_pairs(Transaction& tx, const PersonMerger& merger) {
  for (const PairOfKept& moved : MergerMemory(tx, merger.id, kPairsOfKept).rows<PairOfKept>()) {
    const Pair& pair = moved.pair;
    if (!moved.existed) {
      tx.run(sql::mergers::delete_unchanged_pair, pair.first, pair.second, pair.state);
    } else {
      tx.run(sql::mergers::put_back_pair, pair.first, pair.second, pair.state, moved.before.reason,
             moved.before.state, moved.before.batch);
    }
  }
  for (Pair pair : MergerMemory(tx, merger.id, kPairs).rows<Pair>()) {
    // The other may have been merged, or withdrawn with an import, since.
    const Id other = pair.first == merger.dropped ? pair.second : pair.first;
    const auto now = tx.one<Id>(sql::members::merged_into, other);
    if (!now || *now == merger.dropped) continue;
    pair.first = std::min(merger.dropped, *now);
    pair.second = std::max(merger.dropped, *now);
    put_pair(tx, pair);
  }
}

Result<std::vector<MovedReferences>> merge(Transaction& tx, const PersonMerger& merger) {
  const auto posts = move_posts(tx, merger);
  if (!posts) return posts.error();
  const MovedReferences conflicts = move_all_conflicts(tx, merger);
  const auto pairs = move_pairs(tx, merger);
  if (!pairs) return pairs.error();
  return std::vector{*posts, conflicts, *pairs};
}

Result<Done> unmerge(Transaction& tx, const PersonMerger& merger) {
  put_back_pairs(tx, merger);
  put_back_conflicts(tx, merger);
  put_back_posts(tx, merger);
  return Done{};
}

}  // namespace

Error merger_too_large(std::string_view what) {
  return fail(ErrorKind::limited, "registry.merger_too_large",
              {{"what", std::string(what)}, {"limit", std::to_string(kMaxMovedRows)}});
}

PersonReferences person_references() {
  constexpr std::string_view kOwnRecord = "of the person's own record, which stays";
  constexpr std::string_view kOfMergers = "says who was merged into whom";
  return {"registry",
          {{"registry_membership.person", {}},
           {"registry_post.person", {}},
           {"registry_person.merged_into", {}},
           {"registry_conflict.subject", {}},
           {"registry_duplicate.first", {}},
           {"registry_duplicate.second", {}},
           {"registry_person.id", kOwnRecord},
           {"registry_field.subject", "of the dropped record; read by history_of() as well"},
           {"registry_merger.kept", kOfMergers},
           {"registry_merger.dropped", kOfMergers}},
          merge,
          unmerge};
}

}  // namespace jishi::registry
