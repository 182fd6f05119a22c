#include "modules/dues/demo_books/demo_books.hpp"

#include "base/money.hpp"
#include "modules/dues/books/entries.hpp"
#include "modules/dues/books/publish.hpp"
#include "modules/dues/demo_books/demo_books.sql.hpp"

namespace jishi::dues {

namespace {

constexpr std::size_t kAtOnce = 200;  // organisations of one transaction
constexpr std::int64_t kYuan = 100;
constexpr std::int64_t kOfficeHour = 9 * 3'600'000;
constexpr std::chrono::days kUntilPublished{10};

/// One use in this many of what is left on an account.
struct Use {
  const char* category;
  const char* purpose;
  std::int64_t of_balance;
};
constexpr Use kUses[] = {{"training", "党员集中培训的教材和场地", 6},
                         {"hardship", "走访慰问生活困难党员", 10}};

class Year {
 public:
  Year(Store& store, FixedClock& clock, const UpwardShares& shares, Date today)
      : store_(store), clock_(clock), shares_(shares), today_(today), year_(year_of(today) - 1) {}

  Result<DemoBooks> keep() {
    const auto organisations = store_.read(
        [](db::Reader& reader) { return reader.all<Id>(sql::demo_books::below_first); });
    for (std::size_t at = 0; at < organisations.size(); at += kAtOnce) {
      const auto end = std::min(at + kAtOnce, organisations.size());
      const DemoBooks before = done_;
      const auto kept = store_.write(Actor{}, [&](Transaction& tx) -> Result<Done> {
        done_ = before;  // it may be called again
        for (std::size_t number = at; number < end; ++number) {
          if (const auto one = keep_one(tx, organisations[number], number); !one) return one;
        }
        return Done{};
      });
      if (!kept) return kept.error();
    }
    return done_;
  }

 private:
  Result<Done> keep_one(Transaction& tx, Id id, std::size_t number) {
    const auto organisation = registry::organisation(tx, id);
    if (!organisation) return Done{};
    const Date until = upward_of(tx, clock_, shares_, *organisation, year_).until;
    // Those further down come first, from January on.
    const Date from = *make_date(year_ + 1, 1, 8);
    const auto days = static_cast<std::size_t>((until - from).count());
    const Date on = from + std::chrono::days(static_cast<int>(number / 40 % days));
    if (!go_to(on)) return Done{};
    if (const auto used = use_some(tx, *organisation); !used) return used;
    if (const auto passed = pass_up(tx, *organisation, number); !passed) return passed;
    if (number % 6 == 4 || !go_to(on + kUntilPublished)) return Done{};
    const auto published = publish_account(tx, {registry::Reference(id), year_}, shares_);
    if (!published) return published.error();
    ++done_.publications;
    return Done{};
  }

  Result<Done> pass_up(Transaction& tx, const registry::Organisation& organisation,
                       std::size_t number) {
    std::int64_t cents = sums_of(tx, organisation).due;
    if (number % 23 == 7) return Done{};
    if (number % 17 == 5) cents = cents * 3 / 5 / kYuan * kYuan;
    // Where those below have not passed up theirs, there is less to pass up than is due.
    cents = std::min(cents, least_balance(tx, organisation.id, year_, year_ + 1));
    if (cents <= 0) return Done{};
    const auto passed = record_remittance(
        tx, {registry::Reference(organisation.id), year_, yuan_of_cents(cents), std::nullopt});
    if (!passed) return passed.error();
    ++done_.remittances;
    return Done{};
  }

  Result<Done> use_some(Transaction& tx, const registry::Organisation& organisation) {
    if (share_level(organisation.kind) != ShareLevel::committee) return Done{};
    const BookSums sums = sums_of(tx, organisation);
    const std::int64_t kept = sums.balance - std::max<std::int64_t>(sums.due - sums.remitted, 0);
    for (const Use& use : kUses) {
      const std::int64_t cents = kept / use.of_balance / kYuan * kYuan;
      if (cents <= 0) continue;
      const auto used = record_use(tx, {registry::Reference(organisation.id), yuan_of_cents(cents),
                                        use.category, use.purpose, *make_date(year_, 11, 20)});
      if (!used) return used.error();
      ++done_.uses;
    }
    return Done{};
  }

  BookSums sums_of(Transaction& tx, const registry::Organisation& organisation) {
    return book_sums(tx, organisation.id, year_,
                     upward_of(tx, clock_, shares_, organisation, year_));
  }

  bool go_to(Date day) {
    if (day >= today_) return false;
    clock_.set_ms(start_of_day_ms(day) + kOfficeHour);
    return true;
  }

  Store& store_;
  FixedClock& clock_;
  const UpwardShares& shares_;
  const Date today_;
  const int year_;
  DemoBooks done_;
};

}  // namespace

Result<DemoBooks> keep_demo_books(Store& store, FixedClock& clock, const UpwardShares& shares,
                                  Date today) {
  return Year(store, clock, shares, today).keep();
}

}  // namespace jishi::dues
