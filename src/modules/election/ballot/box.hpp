#pragma once
// Ballot boxes: opened with codes for whoever chooses to vote at a screen on the spot, used once
// each, closed and counted.

#include "api/call.hpp"
#include "ledger/store.hpp"
#include "modules/election/ballot/ballot.hpp"

namespace jishi::election {

inline constexpr int kLeastCodes = 2;              // of a box: a single ballot is nobody's secret
inline constexpr int kMostCodes = 2'000;           // of a box
inline constexpr std::size_t kCodeBytes = 10;      // of a code, before they are written
inline constexpr std::size_t kNonceBytes = 16;     // of a record
inline constexpr std::size_t kMostBoxTitle = 200;  // signs
inline constexpr int kMostBoxesShown = 200;        // of a page

struct OpenBox {
  std::string title;
  std::vector<Id> candidates;  // they are put in the order of strokes
  int seats = 1;
  int codes = 0;
};
BOOST_DESCRIBE_STRUCT(OpenBox, (), (title, candidates, seats, codes))

/// A box that was opened. The codes are told this once, to be cut apart and handed out unseen; the
/// program has only their hashes.
struct BoxOpened {
  Id box = kNoId;
  std::vector<std::string> codes;
};
BOOST_DESCRIBE_STRUCT(BoxOpened, (), (box, codes))

struct CastBallot {
  std::string code;
  std::vector<Id> chosen;  // nobody: a blank ballot
};
BOOST_DESCRIBE_STRUCT(CastBallot, (), (code, chosen))

/// What a voter keeps: whether it is among the published commitments shows that the ballot was
/// counted, and not what it says.
struct BallotReceipt {
  std::string receipt;
};
BOOST_DESCRIBE_STRUCT(BallotReceipt, (), (receipt))

}  // namespace jishi::election
