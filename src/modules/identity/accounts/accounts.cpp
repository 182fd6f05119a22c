#include "modules/identity/accounts/accounts.hpp"

#include "base/text.hpp"
#include "modules/identity/accounts/accounts.sql.hpp"
#include "modules/identity/facts.hpp"

namespace jishi::identity {

namespace {

struct AccountRow {
  Id id = kNoId;
  std::string login;
  std::string name;
  std::optional<Id> person;
  std::string state;
  std::string language;
  std::string totp_state;
  std::int64_t made = 0;
  std::optional<std::int64_t> last_sign_in;
};
BOOST_DESCRIBE_STRUCT(AccountRow, (),
                      (id, login, name, person, state, language, totp_state, made, last_sign_in))

Account account_in(AccountRow row) {
  Account account;
  account.id = row.id;
  account.login = std::move(row.login);
  account.name = std::move(row.name);
  account.person = row.person;
  boost::describe::enum_from_string(row.state.c_str(), account.state);
  account.language = row.language == "en" ? Tongue::en : Tongue::zh;
  account.second_factor = row.totp_state == "on";
  account.made = row.made;
  account.last_sign_in = row.last_sign_in;
  return account;
}

std::optional<Account> account_in(std::optional<AccountRow> row) {
  if (!row) return std::nullopt;
  return account_in(std::move(*row));
}

// Letters of any script and digits, and what stands between them in addresses.
bool is_sign_of_login(char32_t sign) {
  if (sign > 0x7F) return !is_blank(sign);
  const char32_t lower = sign | 0x20U;
  return (lower >= 'a' && lower <= 'z') || (sign >= '0' && sign <= '9') || sign == '.' ||
         sign == '_' || sign == '-' || sign == '@';
}

}  // namespace

std::string login_key(std::string_view login) {
  return fold_code(login);
}

std::optional<Error> refuse_login(std::string_view login) {
  const std::string tidied = tidy(login);
  const std::size_t length = count_code_points(tidied);
  if (length < kMinLogin || length > kMaxLogin) {
    return fail(ErrorKind::invalid, "identity.login_length",
                {{"least", std::to_string(kMinLogin)}, {"most", std::to_string(kMaxLogin)}});
  }
  for (std::string_view rest = tidied; !rest.empty();) {
    const CodePoint sign = first_code_point(rest);
    if (!is_sign_of_login(sign.value)) return fail(ErrorKind::invalid, "identity.login_signs");
    rest.remove_prefix(sign.length);
  }
  return std::nullopt;
}

std::optional<Account> account(db::Reader& reader, Id id) {
  return account_in(reader.one<AccountRow>(sql::accounts::by_id, id));
}

std::optional<Account> account_of_login(db::Reader& reader, std::string_view login) {
  return account_in(reader.one<AccountRow>(sql::accounts::by_login_key, login_key(login)));
}

Result<Account> account_meant(db::Reader& reader, Id id) {
  auto found = account(reader, id);
  if (!found) return fail(ErrorKind::not_found, "identity.account_unknown");
  return std::move(*found);
}

std::vector<Account> accounts_after(db::Reader& reader, std::string_view after_login, int limit,
                                    const AccountFilter& filter) {
  const std::string q = tidy(filter.q.value_or(""));
  const std::string state = filter.state ? boost::describe::enum_to_string(*filter.state, "") : "";
  std::vector<Account> accounts;
  for (AccountRow& row :
       reader.all<AccountRow>(sql::accounts::after, login_key(after_login),
                              std::clamp(limit, 1, kMaxListed + 1), login_key(q), q, state)) {
    accounts.push_back(account_in(std::move(row)));
  }
  return accounts;
}

Result<Account> add_account(Transaction& tx, const NewAccount& made) {
  if (auto refusal = refuse_login(made.login)) return std::move(*refusal);
  const std::string login = tidy(made.login);
  if (account_of_login(tx, login)) {
    return fail(ErrorKind::conflict, "identity.login_taken", {{"login", login}});
  }
  std::optional<Id> person;
  std::string name = made.name ? tidy(*made.name) : std::string();
  if (made.person && !made.person->empty()) {
    const auto meant = registry::person_meant(tx, *made.person);
    if (!meant) return meant.error();
    person = *meant;
    if (tx.one<Id>(sql::accounts::of_person, *person)) {
      return fail(ErrorKind::conflict, "identity.person_has_account");
    }
    if (name.empty()) {
      name = registry::member_field(tx, tx.store().keys(), *person, "name").value_or(login);
    }
  }
  if (name.empty()) name = login;
  if (count_code_points(name) > kMaxAccountName) {
    return fail(ErrorKind::invalid, "identity.name_too_long",
                {{"most", std::to_string(kMaxAccountName)}});
  }
  const Id id = tx.new_id();
  tx.run(sql::accounts::add, id, login, login_key(login), name, person,
         made.language == Tongue::en ? "en" : "zh", tx.store().clock().now_ms(), tx.actor().id);
  tx.fact(fact::kAccountMade, tx.store().clock().today(), kNoId,
          {.person = person.value_or(kNoId), .subject = id});
  return account_meant(tx, id);
}

Result<Account> set_enabled(Transaction& tx, Id id, bool enabled) {
  const auto before = account_meant(tx, id);
  if (!before) return before;
  if ((before->state != AccountState::disabled) == enabled) return before;
  tx.run(enabled ? sql::accounts::enable : sql::accounts::disable, id);
  tx.fact(enabled ? fact::kAccountEnabled : fact::kAccountDisabled, tx.store().clock().today(),
          kNoId, {.person = before->person.value_or(kNoId), .subject = id});
  return account_meant(tx, id);
}

}  // namespace jishi::identity
