#include "modules/election/ballot/ballot.hpp"

#include <algorithm>
#include <set>

#include "base/hash.hpp"
#include "base/integer.hpp"
#include "base/json.hpp"

namespace jishi::election {

namespace {

using boost::json::array;
using boost::json::object;

std::optional<Id> id_of(const boost::json::value& value) {
  if (!value.is_string()) return std::nullopt;
  return parse_integer(value.get_string());
}

/// Whom a record is for; nothing where it is no record of the box.
std::optional<std::vector<Id>> chosen_in(Id box, const std::string& record) {
  const auto json = parse_json(record);
  if (!json || !json->is_object()) return std::nullopt;
  const object& held = json->as_object();
  const auto* chosen = held.if_contains("chosen");
  const auto* nonce = held.if_contains("nonce");
  const auto* of_box = held.if_contains("box");
  if (held.size() != 3 || chosen == nullptr || !chosen->is_array() || nonce == nullptr ||
      !nonce->is_string() || of_box == nullptr || id_of(*of_box) != box)
    return std::nullopt;
  std::vector<Id> ids;
  for (const auto& one : chosen->get_array()) {
    const auto id = id_of(one);
    if (!id) return std::nullopt;
    ids.push_back(*id);
  }
  return ids;
}

Error invalid(std::string_view what) {
  return fail(ErrorKind::invalid, "election.export_invalid", {{"what", std::string(what)}});
}

const array* array_in(const object& holder, std::string_view name) {
  const auto* found = holder.if_contains(name);
  return found == nullptr ? nullptr : found->if_array();
}

Result<BoxTerms> terms_in(const object& exported) {
  const auto text = [&](std::string_view name) {
    const auto* found = exported.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string())
                                                  : std::string();
  };
  const auto number = [&](std::string_view name) {
    const auto* found = exported.if_contains(name);
    return found != nullptr && found->is_int64() && found->get_int64() >= 0 &&
                   found->get_int64() <= 1'000'000
               ? static_cast<int>(found->get_int64())
               : -1;
  };
  const bool old = text("format") == kOldExportFormat;
  if (!old && text("format") != kExportFormat) return invalid("format");
  BoxTerms terms;
  terms.head = text("head");
  if (old != terms.head.empty()) return invalid("head");
  const auto box = parse_integer(text("box"));
  const array* candidates = array_in(exported, "candidates");
  terms.title = text("title");
  terms.seats = number("seats");
  terms.issued = number("issued");
  if (!box || candidates == nullptr || terms.seats < 0 || terms.issued < 0) return invalid("box");
  terms.box = *box;
  for (const auto& one : *candidates) {
    const object* held = one.if_object();
    const auto id = held == nullptr || !held->contains("id") ? std::nullopt : id_of(held->at("id"));
    if (!id || !held->contains("name") || !held->at("name").is_string())
      return invalid("candidates");
    terms.candidates.push_back({*id, std::string(held->at("name").get_string())});
  }
  return terms;
}

Result<std::vector<std::string>> texts_in(const object& exported, std::string_view name) {
  const array* held = array_in(exported, name);
  if (held == nullptr) return invalid(name);
  std::vector<std::string> texts;
  for (const auto& one : *held) {
    if (!one.is_string()) return invalid(name);
    texts.emplace_back(one.get_string());
  }
  return texts;
}

object votes_shown(const BoxTerms& terms, const Tally& tally) {
  object votes;
  for (const BallotCandidate& one : terms.candidates) {
    const auto found = tally.votes.find(one.id);
    votes[std::to_string(one.id)] = found == tally.votes.end() ? 0 : found->second;
  }
  return votes;
}

array candidates_shown(const BoxTerms& terms) {
  array candidates;
  for (const BallotCandidate& one : terms.candidates)
    candidates.push_back(object{{"id", std::to_string(one.id)}, {"name", one.name}});
  return candidates;
}

constexpr std::pair<std::string_view, std::string_view> kParts[] = {
    {"box", "election.head_box"},
    {"title", "election.head_title"},
    {"candidates", "election.head_candidates"},
    {"seats", "election.head_seats"},
    {"issued", "election.head_issued"}};

std::string line_of(const BoxTerms& terms, std::string_view part) {
  boost::json::value said(std::to_string(terms.box));
  if (part == "title") said = terms.title;
  if (part == "candidates") said = candidates_shown(terms);
  if (part == "seats") said = terms.seats;
  if (part == "issued") said = terms.issued;
  return std::string(part) + " " + to_hex(sha256(boost::json::serialize(said))) + "\n";
}

/// The first part that is not what was committed when the box was opened.
std::optional<Error> refuse_head(const BoxTerms& terms) {
  if (terms.head.empty()) return std::nullopt;
  for (const auto& [part, code] : kParts) {
    if (terms.head.find(line_of(terms, part)) == std::string::npos)
      return fail(ErrorKind::refused, code);
  }
  if (terms.head != head_of(terms)) return invalid("head");
  return std::nullopt;
}

}  // namespace

std::string record_of(Id box, const std::vector<Id>& chosen, const std::string& nonce) {
  array ids;
  for (const Id id : chosen) ids.emplace_back(std::to_string(id));
  return boost::json::serialize(
      object{{"box", std::to_string(box)}, {"chosen", std::move(ids)}, {"nonce", nonce}});
}

std::string commitment_of(const std::string& record) {
  return to_hex(sha256(record));
}

std::string head_of(const BoxTerms& terms) {
  std::string head;
  for (const auto& [part, code] : kParts) head += line_of(terms, part);
  return head;
}

std::string root_of(const std::string& head, std::vector<std::string> commitments) {
  std::sort(commitments.begin(), commitments.end());
  std::string all = head;
  for (const std::string& one : commitments) all += one + "\n";
  return to_hex(sha256(all));
}

std::optional<Error> refuse_difference(std::size_t candidates, int seats) {
  const int least = seats == 1 ? 1 : (6 * seats + 4) / 5;
  if (candidates >= static_cast<std::size_t>(least)) return std::nullopt;
  return fail(ErrorKind::refused, "election.too_few_candidates",
              {{"path", "candidates"}, {"least", std::to_string(least)}});
}

std::optional<Error> refuse_choice(const BoxTerms& terms, const std::vector<Id>& chosen) {
  if (chosen.size() > static_cast<std::size_t>(terms.seats)) {
    return fail(ErrorKind::refused, "election.too_many_chosen",
                {{"path", "chosen"}, {"seats", std::to_string(terms.seats)}});
  }
  std::set<Id> seen;
  for (const Id id : chosen) {
    const bool stands = std::any_of(terms.candidates.begin(), terms.candidates.end(),
                                    [id](const BallotCandidate& one) { return one.id == id; });
    if (!stands)
      return fail(ErrorKind::invalid, "election.candidate_unknown", {{"path", "chosen"}});
    if (!seen.insert(id).second)
      return fail(ErrorKind::invalid, "election.chosen_twice", {{"path", "chosen"}});
  }
  return std::nullopt;
}

Result<Tally> tally_of(const BoxTerms& terms, const std::vector<std::string>& records) {
  Tally tally;
  for (const std::string& record : records) {
    const auto chosen = chosen_in(terms.box, record);
    if (!chosen) {
      return fail(ErrorKind::invalid, "election.record_invalid",
                  {{"number", std::to_string(tally.ballots + 1)}});
    }
    if (auto refused = refuse_choice(terms, *chosen)) return std::move(*refused);
    ++tally.ballots;
    if (chosen->empty()) ++tally.blank;
    for (const Id id : *chosen) ++tally.votes[id];
  }
  return tally;
}

object export_of(const BoxTerms& terms, const std::vector<std::string>& records,
                 const std::string& root) {
  array shown;
  array commitments;
  for (const std::string& record : records) {
    shown.emplace_back(record);
    commitments.emplace_back(commitment_of(record));
  }
  const auto tally = tally_of(terms, records);
  object made{{"format", terms.head.empty() ? kOldExportFormat : kExportFormat},
              {"box", std::to_string(terms.box)},
              {"title", terms.title},
              {"candidates", candidates_shown(terms)},
              {"seats", terms.seats},
              {"issued", terms.issued},
              {"records", std::move(shown)},
              {"commitments", std::move(commitments)},
              {"root", root},
              {"blank", tally ? tally->blank : 0},
              {"votes", tally ? votes_shown(terms, *tally) : object()}};
  if (!terms.head.empty()) made["head"] = terms.head;
  return made;
}

Result<Tally> verify_export(const boost::json::value& exported, std::string_view published) {
  const object* held = exported.if_object();
  if (held == nullptr) return invalid("format");
  const auto terms = terms_in(*held);
  if (!terms) return terms.error();
  if (auto refused = refuse_head(*terms)) return std::move(*refused);
  const auto records = texts_in(*held, "records");
  if (!records) return records.error();
  auto commitments = texts_in(*held, "commitments");
  if (!commitments) return commitments.error();
  std::vector<std::string> made;
  for (const std::string& record : *records) made.push_back(commitment_of(record));
  std::sort(made.begin(), made.end());
  std::sort(commitments->begin(), commitments->end());
  if (made != *commitments || std::adjacent_find(made.begin(), made.end()) != made.end())
    return fail(ErrorKind::refused, "election.commitment_wrong");
  const auto* root = held->if_contains("root");
  if (root == nullptr || !root->is_string() || root->get_string() != root_of(terms->head, made))
    return fail(ErrorKind::refused, "election.root_wrong");
  if (!published.empty() && root->get_string() != published)
    return fail(ErrorKind::refused, "election.root_not_published");
  if (records->size() > static_cast<std::size_t>(terms->issued)) {
    return fail(
        ErrorKind::refused, "election.too_many_ballots",
        {{"ballots", std::to_string(records->size())}, {"issued", std::to_string(terms->issued)}});
  }
  auto tally = tally_of(*terms, *records);
  if (!tally) return tally;
  const auto* votes = held->if_contains("votes");
  const auto* blank = held->if_contains("blank");
  if (votes == nullptr || *votes != boost::json::value(votes_shown(*terms, *tally)) ||
      blank == nullptr || *blank != boost::json::value(tally->blank))
    return fail(ErrorKind::refused, "election.tally_wrong");
  return tally;
}

}  // namespace jishi::election
