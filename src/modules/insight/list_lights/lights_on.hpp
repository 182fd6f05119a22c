#pragma once
// Lists of the lights as they would have stood on another day, by the records of now.

#include "modules/insight/keeper/keeper.hpp"
#include "modules/insight/list_lights/list_lights.hpp"

namespace jishi::insight {

/// Keeps what the rules last said of one day, so that the pages of a list are of one piece and only
/// the first is waited for. Thread-safe.
class LightsOn {
 public:
  LightsOn(Store& store, Keeper& keeper) : store_(store), keeper_(keeper) {}

  /// As list_lights(), of a day. What people said of lights is of now: `state` is refused with
  /// insight.state_of_now.
  Result<api::Page<ListedLight>> list(const LightsOf& whose, const LightFilter& filter,
                                      const Wording& wording);

 private:
  using Lights = std::shared_ptr<const std::vector<Light>>;
  Result<Lights> lights(Date day);

  Store& store_;
  Keeper& keeper_;
  std::mutex mutex_;
  Lights kept_;
  Date day_;
  std::int64_t position_ = -1;
};

}  // namespace jishi::insight
