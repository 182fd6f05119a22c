#include "app/bench/http/office.hpp"

#include "app/bench/http/child.hpp"
#include "modules/demo/demo.hpp"
#include "modules/identity/identity.hpp"

namespace jishi::app::bench {

namespace {

// Not the first by name: to that one `jishi serve` gives a link, which makes others void.
constexpr std::string_view kLogin = "measured";
constexpr std::string_view kPassword = "eight words that nobody else would choose";
// Listeners do not sign in by password: hashing theirs with care would only take time.
constexpr crypto::PasswordCost kCheap{1, 8192};

// The organisation with the most members below the one that has all.
constexpr Statement kDistrict{
    "bench_district",
    "select a.ancestor from registry_ancestry a"
    " join registry_membership m on m.organisation = a.organisation and m.valid_to is null"
    " where a.structure = 'party' group by a.ancestor order by count(*) desc, a.ancestor"
    " limit 1 offset 1"};
constexpr Statement kPersons{
    "bench_persons",
    "select m.person from registry_ancestry a"
    " join registry_membership m on m.organisation = a.organisation and m.valid_to is null"
    " where a.structure = 'party' and a.ancestor = $1 order by m.person"};
constexpr Statement kMemberCount{"bench_member_count",
                                 "select count(*) from registry_published_member"};
constexpr Statement kBranches{"bench_branches",
                              "select distinct organisation from registry_published_member"
                              " order by organisation limit $1"};

api::Caller as_owner() {
  api::Caller caller;
  caller.owner = true;
  return caller;
}

registry::Reference reference(Id id) {
  return registry::Reference(id);
}

/// An account with roles at an organisation.
Result<Id> add_account(identity::Identity& identity, std::string login,
                       std::initializer_list<std::string_view> roles, Id organisation) {
  const auto account =
      identity.add_account(as_owner(), {std::move(login), std::nullopt, std::nullopt, {}});
  if (!account) return account.error();
  for (const std::string_view name : roles) {
    identity::GrantRole role;
    role.account = account->id;
    role.role = name;
    role.organisation = reference(organisation);
    if (const auto granted = identity.grant_role(as_owner(), role); !granted)
      return granted.error();
  }
  return account->id;
}

Result<std::string> link_of(identity::Identity& identity, Id account) {
  const auto link = identity.make_link(as_owner(), account);
  if (!link) return link.error();
  return link->path.substr(link->path.rfind('/') + 1);
}

/// Whoever has not signed in yet has no tokens.
Result<Done> sign_in_once(identity::Identity& identity, Id account) {
  const auto token = link_of(identity, account);
  if (!token) return token.error();
  const auto entered =
      identity.use_link(http::Request{}, {*token, std::string(kPassword), std::nullopt});
  if (!entered) return entered.error();
  return Done{};
}

Result<Done> add_listeners(identity::Identity& identity, Store& store, const Context& context,
                           std::size_t accounts, Office& office) {
  const auto branches = store.read(
      [&](db::Reader& reader) { return reader.all<Id>(kBranches, std::int64_t(accounts)); });
  for (std::size_t i = 0; i < accounts; ++i) {
    const auto account = add_account(identity, fmt::format("listener{}", i), {"secretary"},
                                     branches[i % branches.size()]);
    if (!account) return account.error();
    if (const auto entered = sign_in_once(identity, *account); !entered) return entered;
    api::Caller caller;
    caller.account = *account;
    const auto token = identity.make_token(
        caller, {"bench", {"registry.read"}, context.clock.today() + std::chrono::days(1)});
    if (!token) return token.error();
    office.tokens.push_back(token->token);
  }
  return Done{};
}

Result<Done> open_office(Run& run, std::size_t listeners, Office& office) {
  auto store = Store::open(office.place, run.context.clock);
  if (!store) return store.error();
  identity::IdentityOptions options;
  options.pack = *pack_folder(run.context);
  options.password_cost = kCheap;
  auto identity = identity::Identity::open(**store, options);
  if (!identity) return identity.error();
  (*store)->read([&](db::Reader& reader) {
    office.district = reader.one<Id>(kDistrict).value_or(kNoId);
    office.persons = reader.all<Id>(kPersons, office.district);
    office.members = reader.one<std::int64_t>(kMemberCount).value_or(0);
    return 0;
  });
  const auto account = add_account(**identity, std::string(kLogin),
                                   {"secretary", "organisation_member"}, office.district);
  if (!account) return account.error();
  auto link = link_of(**identity, *account);
  if (!link) return link.error();
  office.link = std::move(*link);
  const std::size_t accounts = (listeners + kStreamsPerAccount - 1) / kStreamsPerAccount;
  return add_listeners(**identity, **store, run.context, accounts, office);
}

}  // namespace

Result<std::optional<Office>> make_office(Run& run, const StoreOptions& place,
                                          const OfficeWish& wish) {
  const auto own_pack = pack_folder(run.context);
  if (!own_pack) return own_pack.error();
  const auto pack = wish.pack.empty() ? *own_pack : wish.pack;
  Office office;
  office.place = place;
  office.program = run.options.program.empty() ? "/proc/self/exe" : run.options.program;
  office.arguments = {"--data", place.folder.string(), "--keys", place.keys_folder.string(),
                      "--pack", pack.string(),         "--lang", "en"};
  if (!place.database.empty())
    office.arguments.insert(office.arguments.end(), {"--db", place.database});
  std::vector<std::string> words{office.program};
  words.insert(words.end(), office.arguments.begin(), office.arguments.end());
  const auto members = run.scaled(wish.members, demo::kMinMembers);
  words.insert(words.end(), {"demo", "--members", std::to_string(members)});
  auto making = Child::start(std::move(words), run.folder / "demo.log");
  if (!making || making->wait() != 0) return std::optional<Office>();
  if (const auto opened = open_office(run, wish.listeners, office); !opened) return opened.error();
  return std::optional(std::move(office));
}

Result<Done> on_each_store(Run& run, const std::string& name,
                           const std::function<Result<Done>(const StoreOptions&)>& measure) {
  StoreOptions place;
  place.folder = run.folder / name;
  place.keys_folder = run.folder / "keys";
  if (const auto done = measure(place); !done) return done;
  if (run.options.postgres.empty()) return Done{};
  const std::string schema = "jishi_bench_" + name;
  const auto server = db::postgres_engine(run.options.postgres)->open(db::Access::write);
  server->script(fmt::format("drop schema if exists {0} cascade; create schema {0}", schema));
  place.folder = run.folder / (name + "_postgres");
  place.database = with_schema(run.options.postgres, schema);
  const auto done = measure(place);
  server->script(fmt::format("drop schema {} cascade", schema));
  return done;
}

}  // namespace jishi::app::bench
