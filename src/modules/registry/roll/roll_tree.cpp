#include "modules/registry/roll/roll_tree.hpp"

#include <numeric>

#include "platform/pinyin/pinyin.hpp"

namespace jishi::registry {

void RollTree::load(db::Reader& reader, std::string_view structure, Date today,
                    const std::vector<Id>& organisations) {
  outline_ = Outline::load(reader, structure, today);
  titles_.clear();
  for (const Outline::Node& node : outline_.nodes()) {
    titles_.push_back(pinyin::to_utf16(node.name));
  }
  places_.clear();
  for (const Id organisation : organisations) add(organisation);
}

void RollTree::sum_up(const std::vector<HeadCount>& counts) {
  on_record_.assign(outline_.nodes().size() + 1, 0);
  in_standing_.assign(outline_.nodes().size() + 1, 0);
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (places_[i] == Outline::kNowhere) continue;
    on_record_[places_[i] + 1] = counts[i].on_record;
    in_standing_[places_[i] + 1] = counts[i].in_standing;
  }
  std::partial_sum(on_record_.begin(), on_record_.end(), on_record_.begin());
  std::partial_sum(in_standing_.begin(), in_standing_.end(), in_standing_.begin());
}

}  // namespace jishi::registry
