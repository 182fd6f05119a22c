#pragma once
// The first start: the account with which somebody signs in first appoints the three
// administrators, each once, and no others after them.

#include "modules/identity/identity.hpp"

namespace jishi::identity {

enum class Administrator { system, security, audit };
BOOST_DESCRIBE_ENUM(Administrator, system, security, audit)

struct HeldAdministrator {
  Administrator separated = Administrator::system;
  bool held = false;  // or was, before
};
BOOST_DESCRIBE_STRUCT(HeldAdministrator, (), (separated, held))

struct AppointAdministrator {
  Administrator separated = Administrator::system;
  std::string login;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(AppointAdministrator, (), (separated, login, name))

struct Appointed {
  Account account;
  Link link;
};
BOOST_DESCRIBE_STRUCT(Appointed, (), (account, link))

/// Whether this is the first account of the store, and still writes in the whole of the Party's
/// structure.
bool is_first_account(db::Reader& reader, const Roles& roles, Id account, Date today);

std::vector<HeldAdministrator> administrators(db::Reader& reader, const Roles& roles);

/// Makes an account, gives it the role of this administrator, and a link to sign in by. Fails with
/// identity.administrator_held (there is one, or was), not_oneself, roles_separated (the login is
/// an account's that holds what may not be held beside it), login_taken, role_unknown.
Result<Appointed> appoint_administrator(Transaction& tx, const Roles& roles,
                                        const AppointAdministrator& asked);

}  // namespace jishi::identity
