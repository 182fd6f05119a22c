#pragma once
// Settings of the program that somebody set in it, with who and when. Which there are, and what
// they mean, says the program.

#include <optional>
#include <string>
#include <vector>

#include "ledger/store.hpp"

namespace jishi::governance {

namespace fact {
inline constexpr FactKind kSettingSet{113};
}  // namespace fact

struct StoredSetting {
  std::string name;
  std::int64_t value = 0;
  Id account = kNoId;
  std::optional<std::string> account_name;
  std::int64_t set_ms = 0;
};
BOOST_DESCRIBE_STRUCT(StoredSetting, (), (name, value, account, account_name, set_ms))

std::vector<StoredSetting> stored_settings(db::Reader& reader);

/// Sets one, or (without a value) lets it stand at its default again, as a fact. `before`: what
/// held.
void store_setting(Transaction& tx, const std::string& name, std::optional<std::int64_t> value,
                   std::int64_t before, std::int64_t standard, Id account);

}  // namespace jishi::governance
