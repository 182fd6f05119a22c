#pragma once

#include "modules/identity/identity.hpp"

namespace jishi::app {

/// Makes the account with which somebody signs in first, the secretary of the whole: `jishi serve`
/// prints its link. Errors: those of accounts and grants.
Result<identity::Account> make_first_account(identity::Identity& identity);

}  // namespace jishi::app
