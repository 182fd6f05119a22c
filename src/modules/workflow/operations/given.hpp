#pragma once
// What an operation reads of a case's variables: by paths such as `letter.expires_on`.

#include "modules/registry/registry.hpp"
#include "modules/workflow/operations/operations.hpp"

namespace jishi::workflow {

/// Reads variables; the first that is missing or of another kind is remembered as the refusal.
class Given {
 public:
  explicit Given(const OperationCall& call) : call_(call) {}

  /// Each refuses with workflow.variable_missing (argument `name`) what is not there.
  std::string text(std::string_view path);
  Date date(std::string_view path);
  std::int64_t whole(std::string_view path);
  Id id(std::string_view path);
  /// Nothing where it is not there.
  const feel::Value* find(std::string_view path) const;
  /// Whether a text that is not empty is there.
  bool has(std::string_view path) const;

  const std::optional<Error>& refused() const { return refused_; }

 private:
  void refuse(std::string_view path);

  const OperationCall& call_;
  std::optional<Error> refused_;
};

/// Who is no member here holds no post: they end with the membership, on the day of the decision.
void end_all_posts(Transaction& tx, Id person, Date on);

/// A membership that went from one branch to another.
struct BranchChange {
  Id from = kNoId;
  Id to = kNoId;
  Date on;
};

/// Posts in the branch that somebody left, and in what stands above it but not above the new one,
/// end on that day; part-time seats stay.
void end_posts_left_behind(Transaction& tx, Id person, const BranchChange& change);

/// Refuses a receiving organisation that is not there (registry.not_found) or was abolished
/// (workflow.receiver_ended).
std::optional<Error> refuse_ended(Transaction& tx, Id to);

/// Members who come from outside of this system.
void add_incoming_operations(Operations& operations);
/// What changes archives: memberships, stages, terms, posts.
void add_registry_operations(Operations& operations);
/// What looks persons up in the roll, and gives or ends single posts.
void add_post_operations(Operations& operations);
/// What fixes the yearly base of fees.
void add_dues_operations(Operations& operations);
/// What elections need beside archives.
void add_election_operations(Operations& operations);
/// What opens and closes the groups of projects.
void add_liaison_operations(Operations& operations);
/// What was decided of memberships: stopped, restored, a period to correct oneself, ended.
void add_status_operations(Operations& operations);
/// Activities, publication, plans, appraisals.
void add_orglife_operations(Operations& operations);

}  // namespace jishi::workflow
