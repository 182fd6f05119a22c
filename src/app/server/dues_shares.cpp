#include "app/server/dues_shares.hpp"

#include <charconv>

namespace jishi::app {

namespace {

constexpr std::string_view kProcess = "dues_base";
constexpr std::string_view kUntil = "upward_until";

std::string_view name_of(dues::ShareLevel level) {
  return level == dues::ShareLevel::branch ? "upward_share_branch" : "upward_share_committee";
}

/// Where the process is not deployed, and nobody set anything, `standard`.
int number_of(const workflow::HeldStandard& held, int standard) {
  int number = standard;
  const char* end = held.value.data() + held.value.size();
  const auto read = std::from_chars(held.value.data(), end, number);
  return read.ec == std::errc() && read.ptr == end ? number : standard;
}

}  // namespace

dues::UpwardShares upward_shares(const workflow::Office& office) {
  return
      [&office](db::Reader& reader, const Clock& clock, const std::vector<dues::Sharing>& asked) {
        std::vector<Id> organisations;
        for (const dues::Sharing& one : asked) organisations.push_back(one.organisation);
        const auto held = workflow::held_standards(reader, office, clock, kProcess, organisations);
        const auto find = [&](Id organisation, std::string_view name) {
          const auto found = held.find({organisation, std::string(name)});
          return found == held.end() ? workflow::HeldStandard{} : found->second;
        };
        std::map<Id, dues::UpwardShare> shares;
        for (const dues::Sharing& one : asked) {
          const auto share = find(one.organisation, name_of(one.level));
          dues::UpwardShare& told = shares[one.organisation];
          told.percent = number_of(share, told.percent);
          told.until_month = number_of(find(one.organisation, kUntil), told.until_month);
          told.set_by = share.organisation;
          told.set_by_name = share.organisation_name;
        }
        return shares;
      };
}

}  // namespace jishi::app
