#pragma once
#include "modules/identity/identity.hpp"

namespace jishi::identity {

/// A link by which whoever holds it sets the account's password, once. Links made before are void;
/// the account is told.
Link make_link_to(Transaction& tx, const Account& of);

}  // namespace jishi::identity
