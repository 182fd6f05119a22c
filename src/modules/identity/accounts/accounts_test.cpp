#include "modules/identity/accounts/accounts.hpp"

#include <gtest/gtest.h>

#include "modules/identity/facts.hpp"
#include "modules/identity/test_office.hpp"

namespace jishi::identity {
namespace {

TEST(RefuseLogin, Table) {
  const std::pair<std::string_view, const char*> cases[] = {{"", "identity.login_length"},
                                                            {"a", "identity.login_length"},
                                                            {" a ", "identity.login_length"},
                                                            {"a b", "identity.login_signs"},
                                                            {"a/b", "identity.login_signs"},
                                                            {"<script>", "identity.login_signs"},
                                                            {"a\nb", "identity.login_signs"},
                                                            {"wang", ""},
                                                            {"王小明", ""},
                                                            {"wang.x-m_1@city", ""}};
  for (const auto& [login, verdict] : cases) {
    const auto refusal = refuse_login(login);
    EXPECT_EQ(refusal ? refusal->code : "", verdict) << login;
  }
  EXPECT_EQ(refuse_login(std::string(65, 'a'))->code, "identity.login_length");
}

TEST(Accounts, OneALoginAndOneAPerson) {
  Office office;
  office.join("M1", office.found("A"));
  const Id wang = office.add("wang", registry::Reference("M1"));
  const auto add = [&](const char* login, std::optional<registry::Reference> person = {}) {
    return code_of(office->add_account(owner(), {login, {}, std::move(person), {}}));
  };
  EXPECT_EQ(add("Ｗang"), "identity.login_taken");
  EXPECT_EQ(add("other", registry::Reference("M1")), "identity.person_has_account");
  EXPECT_EQ(add("other", registry::Reference("M9")), "registry.person_not_found");
  EXPECT_EQ(add("other"), "");
  const auto made = must(office->account_of(owner(), wang));
  EXPECT_EQ(made.name, "M1") << "the person's";
  EXPECT_EQ(made.state, AccountState::invited);
  EXPECT_EQ(office.facts(fact::kAccountMade, wang), 1);
}

TEST(Accounts, AreManagedByWhoeverHoldsThat) {
  Office office;
  office.found("A");
  const Id wang = office.enrol("wang");
  office.grant(wang, "secretary", "A");
  const auto caller = office.caller("wang");
  EXPECT_EQ(code_of(office->accounts(caller, "", 10)), "identity.not_permitted");
  EXPECT_EQ(code_of(office->add_account(caller, {"li", {}, {}, {}})), "identity.not_permitted");
  EXPECT_EQ(code_of(office->set_enabled(caller, wang, false)), "identity.not_permitted");
  EXPECT_EQ(code_of(office->make_link(caller, wang)), "identity.not_permitted");
  EXPECT_EQ(code_of(office->end_sessions_of(caller, wang)), "identity.not_permitted");
  EXPECT_EQ(code_of(office->account_of(caller, wang)), "") << "one's own";
  EXPECT_EQ(code_of(office->grants(caller, wang)), "");
  EXPECT_EQ(code_of(office->grants(caller, office.add("li"))), "identity.not_permitted");
}

TEST(Accounts, AreListedPageByPage) {
  Office office;
  for (int i = 0; i < 7; ++i) office.add("user" + std::to_string(i));
  std::string after;
  std::vector<std::string> seen;
  for (;;) {
    const auto page = must(office->accounts(owner(), after, 3));
    if (page.empty()) break;
    for (const Account& account : page) seen.push_back(account.login);
    after = page.back().login;
  }
  EXPECT_EQ(seen.size(), 7U);
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
}

}  // namespace
}  // namespace jishi::identity
