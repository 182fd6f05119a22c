#include "platform/fulltext/index.hpp"

// clang-format off
#include <xapian.h>
// clang-format on

#include <cmath>
#include <mutex>

#include <boost/endian/conversion.hpp>

#include "base/json.hpp"
#include "platform/fulltext/terms.hpp"

namespace jishi::fulltext {

namespace {

namespace fs = std::filesystem;

constexpr Xapian::valueno kOwner = 0;
constexpr Xapian::valueno kOrder = 1;  // day, then id
constexpr const char* kMarkName = "mark";
// Of a question, when the index was committed twice while it was asked.
constexpr int kMaxTries = 20;
constexpr int kOpen = Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS;

struct MarkText {
  std::string form;
  std::string store;
  std::int64_t position = 0;
  std::string leaf;
};
BOOST_DESCRIBE_STRUCT(MarkText, (), (form, store, position, leaf))

/// A number as bytes that stand in its order.
template <class Unsigned, class Signed>
std::string in_order(Signed number) {
  constexpr auto kSign = Unsigned{1} << (sizeof(Unsigned) * 8 - 1);
  const Unsigned bytes = boost::endian::native_to_big(static_cast<Unsigned>(number) ^ kSign);
  return std::string(reinterpret_cast<const char*>(&bytes), sizeof bytes);
}

std::string bytes_of(std::int64_t number) {
  return in_order<std::uint64_t>(number);
}

template <class Signed, class Unsigned>
Signed number_in(std::string_view text, std::size_t at) {
  constexpr auto kSign = Unsigned{1} << (sizeof(Unsigned) * 8 - 1);
  Unsigned bytes = 0;
  text.copy(reinterpret_cast<char*>(&bytes), sizeof bytes, at);
  return static_cast<Signed>(boost::endian::big_to_native(bytes) ^ kSign);
}

std::string order_of(std::int32_t day, std::int64_t id) {
  return in_order<std::uint32_t>(day) + bytes_of(id);
}

// Folded texts begin with no capital letter.
std::string id_term(std::int64_t id) {
  return "Q" + bytes_of(id);
}
std::string tag_term(const std::string& tag) {
  return "T" + tag;
}

// What the system refuses has its own words for it; what the index holds and Xapian cannot read is
// damage. `opening`: nothing that is not whole can be opened.
std::string_view code_of(const Xapian::Error& error, bool opening) {
  const std::string_view type = error.get_type();
  if (type == "DatabaseLockError") return "fulltext.locked";
  if (error.get_error_string() != nullptr && !opening) return "fulltext.failed";
  if (type == "DatabaseOpeningError") return opening ? "fulltext.damaged" : "fulltext.failed";
  for (const std::string_view damage :
       {"DatabaseError", "DatabaseCorruptError", "DatabaseVersionError", "DocNotFoundError"}) {
    if (type == damage) return "fulltext.damaged";
  }
  return "fulltext.failed";
}

Error error_of(const Xapian::Error& error, const fs::path& folder, bool opening = false) {
  std::string message = error.get_msg();
  if (error.get_error_string() != nullptr)
    message += fmt::format(" ({})", error.get_error_string());
  return fail(ErrorKind::unavailable, code_of(error, opening),
              {{"folder", folder.string()}, {"message", message}});
}

class Admits final : public Xapian::MatchDecider {
 public:
  explicit Admits(const std::function<bool(std::int64_t)>& admits) : admits_(admits) {}
  bool operator()(const Xapian::Document& document) const override {
    return admits_(number_in<std::int64_t, std::uint64_t>(document.get_value(kOwner), 0));
  }

 private:
  const std::function<bool(std::int64_t)>& admits_;
};

Xapian::Query all_of(std::span<const std::string> terms) {
  return {Xapian::Query::OP_AND, terms.begin(), terms.end()};
}

std::vector<std::string> tag_terms(std::span<const std::string> tags) {
  std::vector<std::string> terms;
  terms.reserve(tags.size());
  for (const std::string& tag : tags) terms.push_back(tag_term(tag));
  return terms;
}

Xapian::Query query_of(const Question& question) {
  using Xapian::Query;
  Query query = all_of(question.terms);
  const auto narrow = [&](const Query& filter) { query = Query(Query::OP_FILTER, query, filter); };
  if (!question.all_tags.empty()) narrow(all_of(tag_terms(question.all_tags)));
  if (!question.any_tags.empty()) {
    const auto terms = tag_terms(question.any_tags);
    narrow(Query(Query::OP_OR, terms.begin(), terms.end()));
  }
  constexpr std::int64_t kFirst = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
  if (question.from) narrow(Query(Query::OP_VALUE_GE, kOrder, order_of(*question.from, kFirst)));
  if (question.to) narrow(Query(Query::OP_VALUE_LE, kOrder, order_of(*question.to, kLast)));
  if (question.after && question.order == Order::latest)
    narrow(Query(Query::OP_VALUE_LE, kOrder, order_of(question.after->day, question.after->id)));
  return query;
}

std::vector<Place> ask(const Xapian::Database& database, const Question& question) {
  Xapian::Enquire enquire(database);
  enquire.set_query(query_of(question));
  enquire.set_docid_order(Xapian::Enquire::DONT_CARE);
  const bool best = question.order == Order::best;
  int most = question.limit + (question.after ? 1 : 0);
  if (best) {
    // How often, and in which field, the words stand there: what else is in the index does not
    // count, so that nothing is told of it, and pages go on where they ended.
    enquire.set_weighting_scheme(Xapian::TfIdfWeight("nnn"));
    enquire.set_sort_by_relevance_then_value(kOrder, true);
    most = question.after ? kMostBest : std::min(most, kMostBest);
  } else {
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_sort_by_value(kOrder, true);
  }
  const Admits admits(question.admits);
  const auto matches = enquire.get_mset(0, static_cast<Xapian::doccount>(most), 0, nullptr,
                                        question.admits ? &admits : nullptr);
  std::vector<Place> places;
  for (auto match = matches.begin(); match != matches.end(); ++match) {
    const std::string order = match.get_document().get_value(kOrder);
    const Place place{best ? std::llround(match.get_weight()) : 0,
                      number_in<std::int32_t, std::uint32_t>(order, 0),
                      number_in<std::int64_t, std::uint64_t>(order, sizeof(std::uint32_t))};
    if (question.after && !before(*question.after, place)) continue;
    if (places.size() == static_cast<std::size_t>(question.limit)) break;
    places.push_back(place);
  }
  return places;
}

}  // namespace

bool before(const Place& left, const Place& right) {
  return std::tie(left.score, left.day, left.id) > std::tie(right.score, right.day, right.id);
}

struct Writer::State {
  fs::path folder;
  Xapian::WritableDatabase database;
  bool begun = false;

  template <class Work>
  auto run(Work&& work) -> std::invoke_result_t<Work&> {
    try {
      return work();
    } catch (const Xapian::Error& error) {
      return error_of(error, folder);
    }
  }

  // Within a transaction nothing is committed halfway, however much it is.
  void begin() {
    if (!begun) database.begin_transaction();
    begun = true;
  }
};

Writer::Writer(std::unique_ptr<State> state) : state_(std::move(state)) {
}
Writer::~Writer() = default;

Result<std::unique_ptr<Writer>> Writer::open(const fs::path& folder) {
  fs::create_directories(folder);
  try {
    auto state = std::make_unique<State>();
    state->folder = folder;
    state->database = Xapian::WritableDatabase(folder.string(), kOpen);
    return std::unique_ptr<Writer>(new Writer(std::move(state)));
  } catch (const Xapian::Error& error) {
    return error_of(error, folder, true);
  }
}

Result<std::optional<Mark>> Writer::mark() const {
  return state_->run([&]() -> Result<std::optional<Mark>> {
    const auto json = parse_json(state_->database.get_metadata(kMarkName));
    if (!json) return std::optional<Mark>();
    auto text = from_json<MarkText>(*json);
    if (!text) return std::optional<Mark>();
    return std::optional<Mark>({text->form, text->store, text->position, text->leaf});
  });
}

Result<Done> Writer::put(const Record& record) {
  return state_->run([&]() -> Result<Done> {
    state_->begin();
    Xapian::Document document;
    for (const Field& field : record.fields) {
      each_term(plain_text(field.text),
                [&](const std::string& term) { document.add_term(term, field.weight); });
    }
    for (const std::string& tag : record.tags) document.add_boolean_term(tag_term(tag));
    document.add_boolean_term(id_term(record.id));
    document.add_value(kOwner, bytes_of(record.owner));
    document.add_value(kOrder, order_of(record.day, record.id));
    state_->database.replace_document(id_term(record.id), document);
    return Done{};
  });
}

Result<Done> Writer::remove(std::int64_t id) {
  return state_->run([&]() -> Result<Done> {
    state_->begin();
    state_->database.delete_document(id_term(id));
    return Done{};
  });
}

Result<Done> Writer::commit(const Mark& mark) {
  return state_->run([&]() -> Result<Done> {
    state_->begin();
    const MarkText text{mark.form, mark.store, mark.position, mark.leaf};
    state_->database.set_metadata(kMarkName, boost::json::serialize(to_json(text)));
    state_->database.commit_transaction();
    state_->begun = false;
    return Done{};
  });
}

struct Reader::State {
  const fs::path folder;
  std::mutex mutex;
  std::vector<Xapian::Database> kept;

  explicit State(fs::path place) : folder(std::move(place)) {}

  Xapian::Database take() {
    {
      const std::lock_guard lock(mutex);
      if (!kept.empty()) {
        Xapian::Database database = std::move(kept.back());
        kept.pop_back();
        return database;
      }
    }
    return Xapian::Database(folder.string(), Xapian::DB_BACKEND_GLASS);
  }

  void give_back(Xapian::Database&& database) {
    const std::lock_guard lock(mutex);
    if (kept.size() < kMostKept) kept.push_back(std::move(database));
  }

  template <class Use>
  auto use(Use&& use) -> Result<std::invoke_result_t<Use&, const Xapian::Database&>> {
    for (int left = kMaxTries;; --left) {
      try {
        Xapian::Database database = take();
        database.reopen();
        auto answer = use(database);
        give_back(std::move(database));
        return answer;
      } catch (const Xapian::DatabaseModifiedError& error) {
        if (left == 1) return error_of(error, folder);
      } catch (const Xapian::Error& error) {
        return error_of(error, folder);
      }
    }
  }
};

Reader::Reader(fs::path folder) : state_(std::make_unique<State>(std::move(folder))) {
}
Reader::~Reader() = default;

Result<std::vector<Place>> Reader::find(const Question& question) {
  return state_->use([&](const Xapian::Database& database) { return ask(database, question); });
}

Result<std::int64_t> Reader::count() {
  return state_->use([](const Xapian::Database& database) {
    return static_cast<std::int64_t>(database.get_doccount());
  });
}

Result<Done> check(const fs::path& folder) {
  try {
    if (Xapian::Database::check(folder.string()) == 0) return Done{};
    return fail(ErrorKind::unavailable, "fulltext.damaged",
                {{"folder", folder.string()}, {"message", "check"}});
  } catch (const Xapian::Error& error) {
    return error_of(error, folder, true);
  }
}

bool exists(const fs::path& folder) {
  return fs::exists(folder / "iamglass");
}

}  // namespace jishi::fulltext
