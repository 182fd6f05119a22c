#include "modules/governance/settings/settings.hpp"

#include <boost/json.hpp>

#include "modules/governance/settings/settings.sql.hpp"

namespace jishi::governance {

std::vector<StoredSetting> stored_settings(db::Reader& reader) {
  return reader.all<StoredSetting>(sql::settings::all);
}

void store_setting(Transaction& tx, const std::string& name, std::optional<std::int64_t> value,
                   std::int64_t before, std::int64_t standard, Id account) {
  if (value) {
    tx.run(sql::settings::put, name, *value, account, tx.store().clock().now_ms());
  } else {
    tx.run(sql::settings::drop, name);
  }
  const boost::json::object payload{{"setting", name}, {"before", before}};
  tx.fact(fact::kSettingSet, tx.store().clock().today(), kNoId,
          {.amount = value.value_or(standard), .payload = boost::json::serialize(payload)});
}

}  // namespace jishi::governance
