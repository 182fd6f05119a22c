#include "modules/identity/scope/standing.hpp"

#include "modules/identity/scope/standing.sql.hpp"

namespace jishi::identity {

namespace {

struct AccountRow {
  Id id = kNoId;
  Id person = kNoId;
  std::string state;
  std::string language;
  std::string totp_state;
};
BOOST_DESCRIBE_STRUCT(AccountRow, (), (id, person, state, language, totp_state))

struct HoldingRow {
  std::string role;
  Id organisation = kNoId;
  std::string structure;
  Date from;
  std::optional<Date> to;
};
BOOST_DESCRIBE_STRUCT(HoldingRow, (), (role, organisation, structure, from, to))

}  // namespace

bool overlap(const Holding& one, const Holding& other) {
  return (!one.to || other.from < *one.to) && (!other.to || one.from < *other.to);
}

bool AccountStanding::needs_second_factor(Date day) const {
  return std::any_of(holdings.begin(), holdings.end(), [&](const Holding& holding) {
    return holding.role->two_factor && holding.on(day);
  });
}

std::shared_ptr<const AccountStanding> read_standing(db::Reader& reader, const Roles& roles,
                                                     Id account, Date today) {
  const auto row = reader.one<AccountRow>(sql::standing::account, account);
  if (!row) return nullptr;
  auto standing = std::make_shared<AccountStanding>();
  standing->account = row->id;
  standing->person = row->person;
  boost::describe::enum_from_string(row->state.c_str(), standing->state);
  standing->language = row->language == "en" ? Language::en : Language::zh;
  standing->second_factor = row->totp_state == "on";
  for (HoldingRow& held :
       reader.all<HoldingRow>(sql::standing::holdings, account, today, kMaxGrants)) {
    const Role* role = roles.find(held.role);
    if (role == nullptr) continue;
    standing->holdings.push_back(
        {role, held.organisation, std::move(held.structure), held.from, held.to});
  }
  // Granting refuses such a pair; a pack that was changed since must not bring one about.
  const auto& held = standing->holdings;
  for (const Holding& one : held) {
    const bool clash = std::any_of(held.begin(), held.end(), [&](const Holding& other) {
      return overlap(one, other) && !may_be_held_together(*one.role, *other.role);
    });
    if (!clash) continue;
    standing->holdings.clear();
    break;
  }
  standing->accesses = reader.all<TemporaryAccess>(sql::standing::accesses, account, kMaxAccesses);
  return standing;
}

}  // namespace jishi::identity
