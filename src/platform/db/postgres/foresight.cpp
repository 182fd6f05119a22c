#include "platform/db/postgres/foresight.hpp"

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace jishi::db::postgres {

namespace {

bool is_in_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Comments and texts in quotes count as well: a word too many only makes for a question more.
template <class Visit>
void each_word(std::string_view sql, Visit visit) {
  std::string word;
  for (std::size_t i = 0; i <= sql.size(); ++i) {
    if (i < sql.size() && is_in_word(sql[i])) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(sql[i])));
    } else if (!word.empty()) {
      visit(word);
      word.clear();
    }
  }
}

void sort_out(std::vector<int>& numbers) {
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

bool meet(const std::vector<int>& changed, const std::vector<int>& reads) {
  return std::any_of(changed.begin(), changed.end(), [&](int table) {
    return std::binary_search(reads.begin(), reads.end(), table);
  });
}

Failure told_of_before() {
  return {FailureKind::serialization, "an earlier command of the group was about the same"};
}

}  // namespace

int Words::number_of(const std::string& word) {
  return numbers_.try_emplace(word, static_cast<int>(numbers_.size())).first->second;
}

void Words::add(std::string_view sql, std::vector<int>& numbers) {
  each_word(sql, [&](const std::string& word) {
    const int number = number_of(word);
    if (std::find(numbers.begin(), numbers.end(), number) != numbers.end()) return;
    numbers.push_back(number);
    if (const auto view = views_.find(number); view != views_.end()) add(view->second, numbers);
  });
}

std::vector<int> Words::all(std::string_view sql) {
  std::vector<int> numbers;
  add(sql, numbers);
  sort_out(numbers);
  return numbers;
}

std::vector<int> Words::changed(std::string_view sql) {
  std::vector<int> numbers;
  std::string before;
  std::string last;
  each_word(sql, [&](const std::string& word) {
    const bool is_changed =
        last == "into" || last == "update" || (last == "from" && before == "delete");
    if (is_changed) numbers.push_back(number_of(word));
    before = std::exchange(last, word);
  });
  sort_out(numbers);
  return numbers;
}

void Words::add_view(std::string_view name, std::string_view definition) {
  views_[number_of(std::string(name))] = definition;
}

void Foresight::forget() {
  answers_.clear();
  changed_.clear();
  changed_of_one_.clear();
  attempts_.clear();
  next_attempt();
  looking_ = false;
}

Foresight::Place Foresight::place(std::string key, std::string_view name) {
  if (last_ && !answers_.contains(key)) {
    throw std::logic_error(std::string(name) + ": asked after an answer was looked at");
  }
  if (answers_.size() >= kMaxQuestions && !answers_.contains(key)) throw FarEnough{};
  const auto [found, fresh] = answers_.try_emplace(std::move(key));
  return {&found->second, fresh};
}

const PGresult* Foresight::known(const std::string& key, const std::vector<int>& reads,
                                 bool of_one) {
  const auto found = answers_.find(key);
  if (found == answers_.end() || meet(changed_, reads)) return nullptr;
  if (meet(changed_of_one_, reads)) {
    if (!of_one || changes_) return nullptr;
    leans_ = true;
  }
  return found->second.get();
}

void Foresight::changed(const std::vector<int>& tables, bool of_one) {
  if (of_one && !claims_) throw std::logic_error("a statement of one, and nothing it is about");
  if (leans_ && !claims_) throw told_of_before();
  changes_ = changes_ || of_one;
  std::vector<int>& all = of_one ? changed_of_one_ : changed_;
  for (const int table : tables) {
    const auto at = std::lower_bound(all.begin(), all.end(), table);
    if (at == all.end() || *at != table) all.insert(at, table);
  }
}

void Foresight::next_attempt() {
  ++attempt_;
  claims_ = false;
  changes_ = false;
  leans_ = false;
}

bool Foresight::about(std::int64_t object) {
  const auto [found, fresh] = attempts_.try_emplace(object, attempt_);
  const bool again = !fresh && found->second != attempt_;
  if (again && knows_some()) throw told_of_before();
  found->second = attempt_;
  claims_ = true;
  return again;
}

}  // namespace jishi::db::postgres
