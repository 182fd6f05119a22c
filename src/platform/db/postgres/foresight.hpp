#pragma once
// What the jobs of a group ask before they change anything: asked for all of them in few messages,
// and answered from memory when they are done in their order, as long as nothing before them
// changed a table that the question reads: any row of it or, by statements that keep to single
// objects (Statement::of_one), a row of the same object.

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/db/connection.hpp"
#include "platform/db/postgres/wire.hpp"

namespace jishi::db::postgres {

/// Numbers for the words of SQL texts, any of which may be the name of a table.
class Words {
 public:
  /// Each word of a text, and of the views it names: at least the tables it reads. Sorted.
  std::vector<int> all(std::string_view sql);
  /// The words after `into`, `update` and `delete from`: at least the tables it changes. Sorted.
  std::vector<int> changed(std::string_view sql);
  /// A view, by what it is made of.
  void add_view(std::string_view name, std::string_view definition);

 private:
  int number_of(const std::string& word);
  void add(std::string_view sql, std::vector<int>& numbers);

  std::unordered_map<std::string, int> numbers_;
  std::map<int, std::string> views_;
};

class Foresight {
 public:
  static constexpr std::size_t kFewest = 4;  // jobs; fewer are as quick without
  static constexpr int kMaxRounds = 4;
  static constexpr int kRoundsOfOne = 2;  // to ask all, and to look at the answers
  static constexpr std::size_t kMaxQuestions = 4'096;

  /// Thrown through an attempt that wants an answer which comes after the round.
  struct NotYet {};
  /// Thrown through an attempt that begins to change something.
  struct FarEnough {};

  /// Where an answer is put; empty until it is there.
  struct Place {
    ResultPtr* result = nullptr;
    bool fresh = false;  // the question was not asked before
  };

  /// Looks what is asked; where `last`, nothing new may be: it would be answered as of later.
  void begin(bool last) {
    looking_ = true;
    last_ = last;
  }
  void end() { looking_ = false; }
  /// The transaction is over, or something may have changed any table.
  void forget();

  bool looking() const { return looking_; }
  bool knows_some() const { return !answers_.empty(); }

  /// The place of a question's answer; throws FarEnough past kMaxQuestions, std::logic_error where
  /// no new one may be.
  Place place(std::string key, std::string_view name);
  /// The answer to a question that reads these tables, if it still holds.
  const PGresult* known(const std::string& key, const std::vector<int>& reads, bool of_one);
  /// These tables are changed. Throws Failure (serialization) where the attempt was told what an
  /// earlier one may have changed, and is not about() anything that the earlier one was not;
  /// std::logic_error where a statement of one comes before about().
  void changed(const std::vector<int>& tables, bool of_one);
  /// Connection::next_attempt(), Connection::about().
  void next_attempt();
  /// True: an earlier attempt was about the same.
  bool about(std::int64_t object);

 private:
  std::unordered_map<std::string, ResultPtr> answers_;
  std::vector<int> changed_;         // sorted
  std::vector<int> changed_of_one_;  // sorted: by statements that keep to single objects
  std::unordered_map<std::int64_t, int> attempts_;  // by what they are about
  int attempt_ = 0;
  bool claims_ = false;   // it is about something
  bool changes_ = false;  // by statements of one
  bool leans_ = false;    // on an answer that holds only for what no earlier attempt was about
  bool looking_ = false;
  bool last_ = false;
};

}  // namespace jishi::db::postgres
