#pragma once
// Accounts: who may sign in.

#include <optional>
#include <string>
#include <vector>

#include "ledger/store.hpp"
#include "modules/identity/scope/standing.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::identity {

inline constexpr std::size_t kMinLogin = 2;
inline constexpr std::size_t kMaxLogin = 64;
inline constexpr std::size_t kMaxAccountName = 64;
/// Accounts a page of a list holds at most.
inline constexpr int kMaxListed = 200;

enum class Tongue { zh, en };
BOOST_DESCRIBE_ENUM(Tongue, zh, en)

struct NewAccount {
  std::string login;
  std::optional<std::string> name;            // none: the person's, or the login
  std::optional<registry::Reference> person;  // whom it belongs to; none: it stands alone
  std::optional<Tongue> language;
};
BOOST_DESCRIBE_STRUCT(NewAccount, (), (login, name, person, language))

/// An account without its secrets.
struct Account {
  Id id = kNoId;
  std::string login;
  std::string name;
  std::optional<Id> person;
  AccountState state = AccountState::invited;
  Tongue language = Tongue::zh;
  bool second_factor = false;
  std::int64_t made = 0;
  std::optional<std::int64_t> last_sign_in;
};
BOOST_DESCRIBE_STRUCT(Account, (),
                      (id, login, name, person, state, language, second_factor, made, last_sign_in))

/// The form in which login names are compared.
std::string login_key(std::string_view login);

/// identity.login_length, login_signs.
std::optional<Error> refuse_login(std::string_view login);

std::optional<Account> account(db::Reader& reader, Id id);
std::optional<Account> account_of_login(db::Reader& reader, std::string_view login);

/// Fails with identity.account_unknown.
Result<Account> account_meant(db::Reader& reader, Id id);

/// Which accounts; what is not given asks for nothing.
struct AccountFilter {
  std::optional<std::string> q;  // login or name hold it
  std::optional<AccountState> state;
};

/// Accounts by login name after `after_login` (empty: from the first); of a page and whether there
/// are more, kMaxListed + 1 at most.
std::vector<Account> accounts_after(db::Reader& reader, std::string_view after_login, int limit,
                                    const AccountFilter& filter = {});

/// Makes an account that is invited: it signs in by a one-time link first. Fails with
/// identity.login_taken, person_has_account, registry.person_not_found.
Result<Account> add_account(Transaction& tx, const NewAccount& made);

/// Disables an account, or enables it again. Its sessions are ended by the caller. Unchanged: no
/// fact.
Result<Account> set_enabled(Transaction& tx, Id account, bool enabled);

}  // namespace jishi::identity
