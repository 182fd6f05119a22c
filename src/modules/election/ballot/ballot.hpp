#pragma once
// A ballot, its commitment, and the count of many: pure, so that anybody may count again.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "base/id.hpp"
#include "base/result.hpp"

namespace jishi::election {

inline constexpr std::size_t kMostCandidates = 50;
inline constexpr std::string_view kExportFormat = "jishi-ballots-2";
/// Of boxes that were opened before: their root binds the ballots, not what the box was opened
/// with.
inline constexpr std::string_view kOldExportFormat = "jishi-ballots-1";

struct BallotCandidate {
  Id id = kNoId;
  std::string name;
};

/// What a box is about: all that a count needs beside the ballots.
struct BoxTerms {
  Id box = kNoId;
  std::string title;
  std::vector<BallotCandidate> candidates;
  int seats = 0;
  int issued = 0;    // codes
  std::string head;  // as committed at opening; empty: a box of the old format
};

/// The record of a ballot: for whom it is, in the order of the candidates, and a random text that
/// keeps the commitment from being guessed.
std::string record_of(Id box, const std::vector<Id>& chosen, const std::string& nonce);

/// SHA-256 of a record, in hexadecimal digits: the receipt.
std::string commitment_of(const std::string& record);

/// What a box is opened with, fixed: a line for each part, its name and a SHA-256 of what it says.
std::string head_of(const BoxTerms& terms);

/// One text for a head and all commitments, whichever their order.
std::string root_of(const std::string& head, std::vector<std::string> commitments);

/// Why so many may not stand for so many seats; pure. With one seat nobody is asked for another:
/// a secretary may be put forward alone. Rule: candidates exceed seats by a fifth (B). Error:
/// election.too_few_candidates.
std::optional<Error> refuse_difference(std::size_t candidates, int seats);

/// Why somebody may not be chosen like this; pure. Errors: election.candidate_unknown,
/// too_many_chosen, chosen_twice.
std::optional<Error> refuse_choice(const BoxTerms& terms, const std::vector<Id>& chosen);

/// How often each was chosen.
struct Tally {
  int ballots = 0;
  int blank = 0;  // for nobody
  std::map<Id, int> votes;
};

/// Counts records. Errors: election.record_invalid, with its place; those of refuse_choice().
Result<Tally> tally_of(const BoxTerms& terms, const std::vector<std::string>& records);

/// What is given out of a closed box.
boost::json::object export_of(const BoxTerms& terms, const std::vector<std::string>& records,
                              const std::string& root);

/// Reads an export and counts it again: what the box was opened with is what was committed then,
/// every record has its commitment, every commitment its record, the root is theirs, no more
/// ballots than codes, and the count that it tells is the count. `published`: the root as the
/// ledger and the page tell it; empty: nobody compares. Errors: election.export_invalid, head_box,
/// head_title, head_candidates, head_seats, head_issued, commitment_wrong, root_wrong,
/// root_not_published, too_many_ballots, tally_wrong.
Result<Tally> verify_export(const boost::json::value& exported, std::string_view published = {});

}  // namespace jishi::election
