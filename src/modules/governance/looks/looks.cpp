#include "modules/governance/looks/looks.hpp"

#include "base/json_text.hpp"
#include "modules/governance/looks/looks.sql.hpp"

namespace jishi::governance {

namespace {

struct LookRow {
  std::int64_t seq = 0;
  std::int32_t kind = 0;
  std::int64_t recorded_ms = 0;
  Id account = kNoId;
  std::string account_name;
  std::string payload;
};
BOOST_DESCRIBE_STRUCT(LookRow, (), (seq, kind, recorded_ms, account, account_name, payload))

Look look_of(LookRow&& row, const FactTitles& titles, Language language) {
  const FactTitle& title = title_of(titles, row.kind);
  Look look{row.seq,
            title.name,
            title.in(language),
            row.recorded_ms,
            row.account,
            std::move(row.account_name),
            {},
            {}};
  const auto json = parse_json(row.payload.empty() ? "{}" : row.payload);
  if (!json || !json->is_object()) return look;
  const auto& payload = json->as_object();
  if (const auto* fields = payload.if_contains("fields"); fields != nullptr && fields->is_array()) {
    for (const auto& field : fields->as_array()) {
      if (field.is_string()) look.fields.emplace_back(field.as_string());
    }
  }
  look.purpose = text_in(payload, "purpose");
  if (look.purpose.empty()) look.purpose = text_in(payload, "reason");
  return look;
}

}  // namespace

std::vector<Look> looks_at(db::Reader& reader, Id person, const FactTitles& titles,
                           Language language) {
  std::vector<Look> looks;
  reader.each<LookRow>(
      sql::looks::at_person,
      [&](LookRow&& row) { looks.push_back(look_of(std::move(row), titles, language)); }, person,
      kMaxLooks);
  return looks;
}

}  // namespace jishi::governance
