#include "modules/registry/roll/name_search.hpp"

#include <compare>

#include "base/checks.hpp"
#include "base/text.hpp"
#include "modules/registry/members/members.hpp"
#include "modules/registry/roll/members_page.hpp"
#include "modules/registry/roll/roll.sql.hpp"
#include "platform/pinyin/pinyin.hpp"

namespace jishi::registry {

namespace {

using pinyin::Match;

constexpr std::size_t kLeastPhone = 7;  // digits of a phone that is looked for
constexpr std::size_t kPersonsOfPhone = 20;

constexpr std::string_view kBy[] = {"exact",         "prefix",   "pinyin",
                                    "pinyin_prefix", "initials", "initials_prefix"};

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// How good an answer is; the lower the better.
struct Rank {
  int match = 0;
  int distance = 0;  // levels up from where the caller stands until it is below
  std::uint64_t order = 0;
  Id id = kNoId;

  friend auto operator<=>(const Rank&, const Rank&) = default;
};

/// The best answers seen so far.
template <class What>
class Best {
 public:
  explicit Best(std::size_t limit) : limit_(limit) {}

  /// Whether an answer of this match could still be among the best: saves finding out the rest.
  bool may_take(int match) const {
    return heap_.size() < limit_ || match <= heap_.front().first.match;
  }

  void offer(const Rank& rank, const What& what) {
    if (heap_.size() == limit_) {
      if (rank >= heap_.front().first) return;
      std::pop_heap(heap_.begin(), heap_.end(), first_before);
      heap_.pop_back();
    }
    heap_.emplace_back(rank, what);
    std::push_heap(heap_.begin(), heap_.end(), first_before);
  }

  std::vector<std::pair<Rank, What>> take() {
    std::sort_heap(heap_.begin(), heap_.end(), first_before);
    return std::move(heap_);
  }

 private:
  static bool first_before(const std::pair<Rank, What>& left, const std::pair<Rank, What>& right) {
    return left.first < right.first;
  }

  std::size_t limit_;
  std::vector<std::pair<Rank, What>> heap_;
};

/// The subtrees around the caller's organisation, from the smallest to the whole.
class Nearness {
 public:
  Nearness(const Outline& outline, Id near) {
    for (std::uint32_t place = outline.place_of(near); place != Outline::kNowhere;
         place = outline.nodes()[place].above) {
      around_.push_back({place, outline.nodes()[place].end});
    }
  }

  int distance(std::uint32_t place) const {
    int levels = 0;
    for (const Span& span : around_) {
      if (span.holds(place)) return levels;
      ++levels;
    }
    return levels;
  }

 private:
  std::vector<Span> around_;
};

struct Meant {
  const RollRow* row = nullptr;
  std::string_view by;
};

class Searcher {
 public:
  Searcher(const Roll& roll, const Scope& scope, const SearchQuery& query)
      : roll_(roll),
        tree_(roll.in(scope.structure)),
        spans_(tree_.outline().spans(scope), tree_.outline()),
        typed_(query.typed),
        code_(fold_code(query.typed)),
        nearness_(tree_.outline(), query.near),
        limit_(static_cast<std::size_t>(std::clamp(query.limit, 1, kMaxFound))) {}

  std::vector<Meant> persons() const {
    std::vector<std::uint8_t> matches(roll_.names().count());
    for (Names::Number name = 0; name < matches.size(); ++name) {
      matches[name] = static_cast<std::uint8_t>(typed_.match(roll_.names().text(name)));
    }
    const bool numbers = has_digit(code_);
    Best<Meant> best(limit_);
    for (const RollRow& row : roll_.rows()) {
      const bool by_number = numbers && roll_.number_of(row).starts_with(code_);
      const auto match = by_number ? std::uint8_t{0} : matches[row.name];
      if (match == static_cast<std::uint8_t>(Match::none) || !best.may_take(match)) continue;
      const std::uint32_t place = tree_.place_of(row.organisation);
      if (!spans_.holds(place)) continue;
      best.offer({match, nearness_.distance(place), roll_.names().rank(row.name), row.person},
                 {&row, by_number ? "number" : kBy[match]});
    }
    std::vector<Meant> found;
    for (const auto& [rank, meant] : best.take()) found.push_back(meant);
    return found;
  }

  std::vector<FoundOrganisation> organisations() const {
    const bool codes = has_digit(code_);
    Best<FoundOrganisation> best(limit_);
    for (const Span& span : spans_.spans()) {
      for (std::uint32_t place = span.begin; place < span.end; ++place) {
        const Outline::Node& node = tree_.outline().nodes()[place];
        const bool by_code = codes && fold_code(node.code).starts_with(code_);
        const int match = by_code ? 0 : static_cast<int>(typed_.match_within(tree_.title(place)));
        if (match == static_cast<int>(Match::none) || !best.may_take(match)) continue;
        // Higher organisations first: they are what most people mean.
        best.offer({match + (node.ended ? 10 : 0), nearness_.distance(place),
                    static_cast<std::uint64_t>(node.depth), node.id},
                   {node.id, node.code, node.name, node.kind, node.ended,
                    std::string(by_code ? "code" : kBy[match])});
      }
    }
    std::vector<FoundOrganisation> found;
    for (auto& [rank, one] : best.take()) found.push_back(std::move(one));
    return found;
  }

  bool may_see(const RollRow* row) const {
    return row != nullptr && spans_.holds(tree_.place_of(row->organisation));
  }

 private:
  const Roll& roll_;
  const RollTree& tree_;
  SpanSet spans_;
  pinyin::Query typed_;
  std::string code_;
  Nearness nearness_;
  std::size_t limit_;
};

/// Whom the typed number belongs to, by its index: also who bears it through a merger.
std::vector<Meant> by_key(db::Reader& reader, const crypto::Keys& keys, const Roll& roll,
                          std::string_view code) {
  std::vector<Meant> found;
  if (is_citizen_id(code)) {
    const auto person = reader.one<Id>(sql::roll::by_citizen_key, citizen_key(keys, code));
    if (person) found.push_back({roll.find(*person), "citizen_id"});
  } else if (all_digits(code) && code.size() >= kLeastPhone) {
    const auto persons =
        reader.all<Id>(sql::roll::by_phone_key, keys.blind_index("phone", code), kPersonsOfPhone);
    for (const Id person : persons) found.push_back({roll.find(person), "phone"});
  }
  if (has_digit(code)) {
    const auto person = person_by_number(reader, code);
    if (person) found.push_back({roll.find(*person), "number"});
  }
  return found;
}

FoundPerson shown(MemberRow&& row, std::string_view by) {
  return {row.person,          std::move(row.number),
          std::move(row.name), std::move(row.status),
          row.organisation,    std::move(row.organisation_name),
          std::string(by)};
}

}  // namespace

Found find(db::Reader& reader, const crypto::Keys& keys, Roll& held, const Scope& scope,
           const SearchQuery& query) {
  Found found;
  const std::string code = fold_code(query.typed);
  if (code.empty()) return found;
  held.look(reader, [&](const Roll& roll) {
    const Searcher searcher(roll, scope, query);
    std::vector<Meant> meant = by_key(reader, keys, roll, code);
    std::erase_if(meant, [&](const Meant& one) { return !searcher.may_see(one.row); });
    for (const Meant& one : searcher.persons()) {
      const bool known = std::any_of(meant.begin(), meant.end(),
                                     [&](const Meant& other) { return other.row == one.row; });
      if (!known) meant.push_back(one);
    }
    const auto limit = static_cast<std::size_t>(std::clamp(query.limit, 1, kMaxFound));
    if (meant.size() > limit) meant.resize(limit);
    for (const Meant& one : meant) {
      auto row = reader.one<MemberRow>(sql::roll::member_row, one.row->person);
      if (row) found.persons.push_back(shown(std::move(*row), one.by));
    }
    found.organisations = searcher.organisations();
    return true;
  });
  return found;
}

}  // namespace jishi::registry
