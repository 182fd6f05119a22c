#pragma once
// Short words for the tests of this module: a store with an identity over it, people who sign in.

#include <stdexcept>

#include "ledger/test_store.hpp"
#include "modules/identity/identity.hpp"

namespace jishi::identity {

inline constexpr std::string_view kPassword = "红旗渠的水很长很长";
inline constexpr std::int64_t kMinute = 60'000;

inline api::Caller owner() {
  api::Caller caller;
  caller.owner = true;
  return caller;
}

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().code);
  return std::move(*result);
}

template <class T>
std::string code_of(const Result<T>& result) {
  return result ? "" : result.error().code;
}

class Office {
 public:
  explicit Office(SessionLimits limits = {}) {
    IdentityOptions options;
    options.pack = JISHI_SOURCE_DIR "/packs/party";
    options.sessions = limits;
    options.password_cost = {1, 8192};
    identity_ = must(Identity::open(*store, options));
  }

  Identity& operator*() { return *identity_; }
  Identity* operator->() { return identity_.get(); }

  void pass(std::int64_t milliseconds) { store.clock.set_ms(store.clock.now_ms() + milliseconds); }

  Id add(const std::string& login, std::optional<registry::Reference> person = std::nullopt) {
    NewAccount made;
    made.login = login;
    made.person = std::move(person);
    return must(identity_->add_account(owner(), made)).id;
  }

  /// An account that has its password.
  Id enrol(const std::string& login, std::optional<registry::Reference> person = std::nullopt) {
    const Id account = add(login, std::move(person));
    must(identity_->use_link(http::Request{}, {link(account), std::string(kPassword), {}}));
    return account;
  }

  std::string link(Id account) {
    const std::string path = must(identity_->make_link(owner(), account)).path;
    return path.substr(path.rfind('/') + 1);
  }

  Grant grant(Id account, const std::string& role, registry::Reference organisation = {}) {
    GrantRole asked;
    asked.account = account;
    asked.role = role;
    asked.organisation = std::move(organisation);
    return must(identity_->grant_role(owner(), asked));
  }

  /// A request from a browser that sends back what it was sent.
  http::Request request(const std::vector<http::Header>& cookies = {},
                        http::Method method = http::Method::get) {
    http::Request request;
    request.method = method;
    request.remote_address = "203.0.113.9";
    for (const auto& [name, cookie] : cookies) {
      const auto equals = cookie.find('=');
      request.cookies.emplace_back(cookie.substr(0, equals),
                                   cookie.substr(equals + 1, cookie.find(';') - equals - 1));
    }
    return request;
  }

  Result<SignedIn> sign_in(const std::string& login, std::string_view password = kPassword,
                           const http::Request& request = {}) {
    return identity_->sign_in(request, {login, std::string(password), std::nullopt});
  }

  /// The caller that a fresh session of an account speaks as.
  api::Caller caller(const std::string& login) {
    const auto signed_in = must(sign_in(login));
    return must(identity_->caller(request(signed_in.cookies)));
  }

  std::int64_t facts(FactKind kind, Id subject) {
    static constexpr Statement kCount{
        "test.facts", "select count(*) from ledger_fact where kind = $1 and subject = $2"};
    identity_->settle_refusals();
    return *store->read([&](db::Reader& reader) {
      return reader.one<std::int64_t>(kCount, static_cast<std::int32_t>(kind), subject);
    });
  }

  /// Makes an organisation; its code is also its name.
  Id found(const std::string& code, const registry::Reference& parent = {},
           const std::string& structure = "party") {
    registry::CreateOrganisation command;
    command.name = code;
    command.code = code;
    command.kind = structure == "party" ? "branch" : "grid";
    command.parent = parent;
    command.structure = structure;
    return must(registry::create_organisation(*store, Actor{7}, command))
        .organisations.front()
        .organisation;
  }

  void move(Id organisation, const registry::Reference& parent) {
    registry::MoveOrganisation command;
    command.organisation = organisation;
    command.parent = parent;
    must(registry::move_organisation(*store, Actor{7}, command));
  }

  /// Makes a member of an organisation; the number is also the name.
  Id join(const std::string& number, Id organisation) {
    registry::MemberRecord record;
    record.number = number;
    record.name = number;
    record.citizen_id = "11010519491231002X";
    record.phone = "13800138000";
    record.organisation = organisation;
    record.stage = "full";
    record.joined = *make_date(2005, 1, 1);
    record.status = "normal";
    if (number != "M1") record.citizen_id = {};
    const auto sealed = registry::seal_identity(*store, record);
    return must(store->write(Actor{7},
                             [&](Transaction& tx) {
                               return Result<registry::Recorded>(registry::record_member(
                                   tx, registry::manual_origin(tx), std::nullopt, record, sealed));
                             }))
        .id;
  }

  void transfer(Id person, Id organisation) {
    must(store->write(Actor{7}, [&](Transaction& tx) -> Result<Done> {
      registry::move_member(tx, registry::manual_origin(tx), person, organisation,
                            store->clock().today());
      return Done{};
    }));
  }

  TestStore store;

 private:
  std::unique_ptr<Identity> identity_;
};

}  // namespace jishi::identity
