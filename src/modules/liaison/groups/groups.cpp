#include "modules/liaison/groups/groups.hpp"

#include "base/text.hpp"
#include "modules/liaison/groups/groups.sql.hpp"
#include "modules/liaison/liaison.hpp"

namespace jishi::liaison {

namespace {

std::optional<Error> refuse(Transaction& tx, const OpenGroup& asked) {
  const Date today = tx.store().clock().today();
  const std::size_t length = count_code_points(tidy(asked.title));
  if (length == 0 || length > kMostTitle || asked.partners.empty() ||
      asked.partners.size() > kMostPartners) {
    return fail(ErrorKind::refused, "liaison.group_invalid",
                {{"most", std::to_string(kMostTitle)}, {"limit", std::to_string(kMostPartners)}});
  }
  if (asked.until < today)
    return fail(ErrorKind::refused, "liaison.until_past", {{"date", to_iso(asked.until)}});
  for (const Id partner : asked.partners) {
    if (!tx.one<int>(sql::groups::lives, partner, today)) {
      return fail(ErrorKind::refused, "liaison.partner_unknown",
                  {{"organisation", std::to_string(partner)}});
    }
  }
  return std::nullopt;
}

}  // namespace

Result<Id> open_group(Transaction& tx, const OpenGroup& asked) {
  if (auto refused = refuse(tx, asked)) return std::move(*refused);
  const Date today = tx.store().clock().today();
  const auto standing = tx.one<Id>(sql::groups::of_case, asked.case_id);
  const Id id = standing ? *standing : tx.new_id();
  if (standing) {
    tx.run(sql::groups::go_on, id, tidy(asked.title), asked.until);
  } else {
    tx.run(sql::groups::add, id, asked.region, tidy(asked.title), asked.case_id, today,
           asked.until);
  }
  tx.run(sql::groups::clear_partners, id);
  for (const Id partner : asked.partners) tx.run(sql::groups::add_partner, id, partner);
  tx.fact(standing ? fact::kGroupExtended : fact::kGroupOpened, today, asked.region,
          {.subject = id, .amount = static_cast<std::int64_t>(asked.partners.size())});
  return id;
}

Result<Done> close_group(Transaction& tx, Id group) {
  const auto region = tx.one<Id>(sql::groups::region, group);
  if (!region) return fail(ErrorKind::not_found, "liaison.group_unknown");
  const Date today = tx.store().clock().today();
  if (tx.run(sql::groups::close, group, today) > 0)
    tx.fact(fact::kGroupClosed, today, *region, {.subject = group});
  return Done{};
}

void close_group_of(Transaction& tx, Id case_id) {
  if (const auto group = tx.one<Id>(sql::groups::of_case, case_id)) (void)close_group(tx, *group);
}

void hand_over_groups(Transaction& tx, Id from, Id to) {
  const Date today = tx.store().clock().today();
  tx.run(sql::groups::move_region, from, to, today);
  tx.run(sql::groups::move_partner, from, to, today);
  tx.run(sql::groups::drop_partner, from, today);
}

}  // namespace jishi::liaison
