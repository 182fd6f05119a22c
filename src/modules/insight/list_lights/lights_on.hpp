#pragma once
// Lists of the lights as they would have stood on another day, by the records of now.

#include <unordered_set>

#include "ledger/kept_answers.hpp"
#include "modules/insight/keeper/keeper.hpp"
#include "modules/insight/list_lights/list_lights.hpp"

namespace jishi::insight {

/// Keeps what rules last said of a few days, so that the pages of a list are of one piece and only
/// the first is waited for: of one rule alone, where a list is of that. Thread-safe.
class LightsOn {
 public:
  LightsOn(Store& store, Keeper& keeper) : store_(store), keeper_(keeper) {}

  /// As list_lights(), of a day. What people said of lights is of now: `state` is refused with
  /// insight.state_of_now.
  Result<api::Page<ListedLight>> list(const LightsOf& whose, const LightFilter& filter,
                                      const Wording& wording);

  /// The days on which all of a rule's lights are due that would have been lit on a day.
  Result<std::vector<Date>> due_days(const LightsOf& whose, const std::string& rule, Date day);

 private:
  static constexpr std::size_t kMostKept = 6;
  using Asked = std::pair<std::string, Date>;  // a rule, empty: all of them; a day
  using Answers = KeptAnswers<Asked, std::vector<Light>>;

  Result<Answers::Kept> lights(const std::string& rule, Date day);
  std::unordered_set<Id> scope_of(const LightsOf& whose);

  Store& store_;
  Keeper& keeper_;
  Answers kept_{kMostKept};
};

}  // namespace jishi::insight
