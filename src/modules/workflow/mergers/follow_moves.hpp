#pragma once
// Organisations that moved take their running cases under the committees above them now, by
// whichever way they moved: a page, an import, the command line, a decision between two sources. A
// task that rose because nobody held its role goes down to whoever is given it, and one that lies
// where nobody holds its role any more goes up. A role that ends by its day alone tells nothing.

#include <deque>

#include "modules/workflow/cases/case.hpp"

namespace jishi::workflow {

inline constexpr std::int64_t kMostFactsAtOnce = 100'000;  // of the ledger that are looked through
inline constexpr std::size_t kMostFollowedAtOnce = 200;    // cases, before timers are looked at

/// Is told of a case that could not follow.
using FollowFailed = std::function<void(std::string_view what)>;

/// Reads the ledger for moves, as far as it has come; of one thread.
class MoveFollower {
 public:
  MoveFollower(Store& store, const Office& office, FollowFailed failed)
      : store_(store), office_(office), failed_(std::move(failed)) {}

  /// Looks at the cases of the next moves, each in a transaction of its own, as whoever made the
  /// move or gave or ended the role. One that cannot follow keeps no other back. Returns how many
  /// cases were looked at; fewer than kMostFollowedAtOnce: no move is left, or more of the ledger
  /// is to be looked through.
  std::size_t follow();

  /// Whether all that is in the ledger was looked through, and every case followed.
  bool is_done() const { return done_; }

 private:
  struct Move {
    Id organisation = kNoId;
    Id actor = kNoId;
    BOOST_DESCRIBE_CLASS(Move, (), (organisation, actor), (), ())
  };
  using Follow = Result<bool> (*)(Transaction& tx, const Office& office, Id case_id);
  struct Pending {
    Id case_id = kNoId;
    Id actor = kNoId;
    Follow follow = nullptr;
  };

  void look();
  void add(const Move& move, const std::vector<Id>& cases, Follow by);
  void keep_position();

  Store& store_;
  const Office& office_;
  const FollowFailed failed_;
  std::optional<std::int64_t> position_;  // of the last fact that was looked at
  std::int64_t kept_ = 0;                 // of that position, what is stored
  bool moved_ = false;                    // between the two
  bool done_ = false;
  std::deque<Pending> pending_;
};

}  // namespace jishi::workflow
