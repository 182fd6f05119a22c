#include "app/first_account.hpp"

namespace jishi::app {

Result<identity::Account> make_first_account(identity::Identity& identity) {
  api::Caller owner;
  owner.owner = true;
  auto made = identity.add_account(owner, {"secretary", std::nullopt, std::nullopt, {}});
  if (!made) return made;
  identity::GrantRole role;
  role.account = made->id;
  role.role = "secretary";
  if (const auto granted = identity.grant_role(owner, role); !granted) return granted.error();
  return made;
}

}  // namespace jishi::app
