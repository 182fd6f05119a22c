#include "modules/orglife/full_text/indexing.hpp"

#include <unordered_set>

#include "base/hash.hpp"
#include "modules/orglife/full_text/full_text.sql.hpp"
#include "modules/orglife/orglife.hpp"

namespace jishi::orglife {

struct Indexing::Row {
  Id id = kNoId;
  Id organisation = kNoId;
  std::string kind;
  Date held_on;
  std::string topic;
  std::string place;
  BOOST_DESCRIBE_CLASS(Row, (), (id, organisation, kind, held_on, topic, place), (), ())
};

namespace {

// To be raised with the form of the records, so that older indexes are made anew.
constexpr int kVersion = 1;

// What a hit in a field is worth where the best stand first.
constexpr unsigned kOfTopic = 4;
constexpr unsigned kOfPlace = 2;
constexpr unsigned kOfKind = 1;

// A kind that the pack does not have may be any text.
constexpr std::size_t kMostOfKind = 64;

/// The labels of the pack are in the index: with others it is of another form.
std::string form_of(const CodeSet& kinds) {
  std::string labels;
  for (const CodeEntry& entry : kinds.entries())
    labels += entry.code + "\n" + entry.zh + "\n" + entry.en + "\n";
  constexpr std::size_t kDigits = 16;
  return fmt::format("{}-{}", kVersion, to_hex(sha256(labels)).substr(0, kDigits));
}

std::int64_t last_seq(db::Reader& reader) {
  return reader.one<std::int64_t>(sql::full_text::last_seq).value_or(0);
}

std::string leaf_at(db::Reader& reader, std::int64_t seq) {
  const auto leaf = reader.one<Blob>(sql::full_text::leaf_at, seq);
  return leaf ? to_hex(leaf->bytes) : std::string();
}

}  // namespace

std::string organisation_tag(Id organisation) {
  return "o" + std::to_string(organisation);
}

std::string kind_tag(std::string_view kind) {
  return "k" + std::string(kind.substr(0, kMostOfKind));
}

Indexing::Indexing(Store& store, const Codes& codes)
    : store_(store), kinds_(codes.set("activity_kind")), form_(form_of(kinds_)) {
}

// After a restore the fact at the index's position may be another, or not there.
std::string_view Indexing::unfit(const fulltext::Mark& mark) {
  if (mark.form != form_) return "orglife.full_text_outdated";
  const bool same =
      mark.store == store_.store_id() &&
      mark.leaf == store_.read([&](db::Reader& reader) { return leaf_at(reader, mark.position); });
  return same ? "" : "orglife.full_text_foreign";
}

Result<Done> Indexing::put(WrittenIndex& index, const Row& row) const {
  const std::string zh(kinds_.label(row.kind, Language::zh));
  const std::string en(kinds_.label(row.kind, Language::en));
  return index.writer->put(
      {row.id,
       row.organisation,
       to_days(row.held_on),
       {{row.topic, kOfTopic}, {row.place, kOfPlace}, {zh, kOfKind}, {en, kOfKind}},
       {organisation_tag(row.organisation), kind_tag(row.kind)}});
}

Result<Done> Indexing::commit(WrittenIndex& index, std::string leaf) {
  auto done = index.writer->commit({form_, store_.store_id(), index.position, std::move(leaf)});
  if (done) index.committed = index.position;
  return done;
}

// Page by page, while others write: the facts since the beginning are followed afterwards, and
// what they touched is read once more.
Result<Done> Indexing::read_all(WrittenIndex& index, const LongWork& work) {
  std::string leaf;
  double whole = 0;
  store_.read([&](db::Reader& reader) {
    index.position = last_seq(reader);
    leaf = leaf_at(reader, index.position);
    whole = reader.one<double>(sql::full_text::count).value_or(0);
    return 0;
  });
  double done = 0;
  for (Id after = kNoId;;) {
    if (work.cancelled()) return fail(ErrorKind::refused, "orglife.rebuild_cancelled");
    const auto rows = store_.read([&](db::Reader& reader) {
      return reader.all<Row>(sql::full_text::rows_after, after, kRowsAtOnce);
    });
    for (const Row& row : rows) {
      if (auto put_in = put(index, row); !put_in) return put_in;
    }
    if (rows.size() < static_cast<std::size_t>(kRowsAtOnce)) break;
    after = rows.back().id;
    done += static_cast<double>(rows.size());
    work.progress(std::min(done / std::max(whole, 1.0), 0.99));
  }
  return commit(index, std::move(leaf));
}

Result<bool> Indexing::follow(WrittenIndex& index) {
  std::int64_t last = 0;
  std::int64_t until = 0;
  std::string leaf;
  std::vector<Id> touched;
  std::vector<Row> rows;
  store_.read([&](db::Reader& reader) {
    last = last_seq(reader);
    until = std::min(last, index.position + kFactsAtOnce);
    touched = reader.all<Id>(sql::full_text::touched, index.position, until,
                             static_cast<std::int32_t>(fact::kActivityRecorded),
                             static_cast<std::int32_t>(fact::kActivityWithdrawn));
    if (!touched.empty()) rows = reader.all<Row>(sql::full_text::rows_of, db::number_list(touched));
    leaf = leaf_at(reader, until);
    return 0;
  });
  std::unordered_set<Id> gone(touched.begin(), touched.end());
  for (const Row& row : rows) {
    gone.erase(row.id);
    if (auto done = put(index, row); !done) return done.error();
  }
  for (const Id activity : gone) {
    if (auto done = index.writer->remove(activity); !done) return done.error();
  }
  index.position = until;
  if (!touched.empty() || until - index.committed > kUnmarked) {
    if (auto done = commit(index, std::move(leaf)); !done) return done.error();
  }
  return until < last;
}

}  // namespace jishi::orglife
