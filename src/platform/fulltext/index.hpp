#pragma once
// A full-text index on disk (Xapian), behind a seam: what it holds are terms, numbers and tags of
// records, never their texts. One writes, any number read. What it says is a first choice: who
// reads holds it against the records themselves.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace jishi::fulltext {

/// How far an index has followed what it is an index of. Kept in the same commit as its records.
struct Mark {
  std::string form;  // of the records: other indexes are of another form
  std::string store;
  std::int64_t position = 0;
  std::string leaf;  // of what stands at the position

  friend bool operator==(const Mark&, const Mark&) = default;
};

/// A text of a record; its words count so much where the best stand first.
struct Field {
  std::string_view text;
  unsigned weight = 1;
};

struct Record {
  std::int64_t id = 0;
  std::int64_t owner = 0;  // that the record belongs to: told to Question::admits
  std::int32_t day = 0;
  std::vector<Field> fields;
  std::vector<std::string> tags;  // to be asked for as they are; short
};

/// Where a record stands in an answer: the better before the worse, then the later before the
/// earlier, then the newer before the older.
struct Place {
  std::int64_t score = 0;  // 0 where days decide
  std::int32_t day = 0;
  std::int64_t id = 0;

  friend bool operator==(const Place&, const Place&) = default;
};

/// Whether `left` stands before `right`.
bool before(const Place& left, const Place& right);

enum class Order { latest, best };

/// Records that the order `best` reaches; the rest is found by `latest`.
inline constexpr int kMostBest = 1'000;

struct Question {
  std::span<const std::string> terms;              // a record has all of them,
  std::span<const std::string> all_tags;           // all of these,
  std::span<const std::string> any_tags;           // and one of these, where there are some
  std::optional<std::int32_t> from;                // its day is not before
  std::optional<std::int32_t> to;                  // nor after
  std::function<bool(std::int64_t owner)> admits;  // nothing: all
  Order order = Order::latest;
  std::optional<Place> after;
  int limit = 1;
};

/// Writes an index; one thread at a time, and nobody else at all. After a failure it is of no more
/// use: what was not committed is lost, and it is to be opened again.
class Writer {
 public:
  /// Opens the index of a folder, or makes one. Fails with fulltext.locked, fulltext.damaged,
  /// fulltext.failed.
  static Result<std::unique_ptr<Writer>> open(const std::filesystem::path& folder);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// As it was last committed; nothing in a new index.
  Result<std::optional<Mark>> mark() const;
  /// Puts a record in the place of one with the same id.
  Result<Done> put(const Record& record);
  Result<Done> remove(std::int64_t id);
  /// Makes all since the last commit durable, together.
  Result<Done> commit(const Mark& mark);

 private:
  struct State;
  explicit Writer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Reads an index as it was last committed. Thread-safe.
class Reader {
 public:
  /// Connections that are kept open between questions.
  static constexpr std::size_t kMostKept = 16;

  explicit Reader(std::filesystem::path folder);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// The records that fit, in their order. Fails with fulltext.damaged, fulltext.failed.
  Result<std::vector<Place>> find(const Question& question);
  Result<std::int64_t> count();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Looks through the whole index for damage. Fails with fulltext.damaged.
Result<Done> check(const std::filesystem::path& folder);

/// Whether a folder holds what looks like an index.
bool exists(const std::filesystem::path& folder);

}  // namespace jishi::fulltext
