#pragma once
// What the signed-in secretary asks for.

#include <random>

#include "app/bench/http/served.hpp"

namespace jishi::app::bench {

class Visitor {
 public:
  /// What it comes for keeps its Idempotency-Keys and its payments apart from those of others.
  enum class Purpose { pages, lights, commands };
  Visitor(const Served& served, const Office& office, Purpose purpose);

  static std::string page_of(Id person);

  /// The archive of one of many persons.
  void page(std::string& out);
  /// A payment that nobody has made yet.
  void payment(std::string& out);

 private:
  static constexpr int kMonthsBack = 8;

  Id next_person();

  const Sender& sender_;
  const std::vector<Id>& persons_;
  const std::string month_;  // early enough not to put out a light
  const std::string key_;
  std::mt19937_64 random_{1};
  std::int64_t payments_ = 0;
};

/// A payment of a person as its body says it.
std::string payment_body(std::string_view month, std::int64_t cents);

/// The month that lies `back` months before today's.
std::string month_before(Date today, int back);

}  // namespace jishi::app::bench
