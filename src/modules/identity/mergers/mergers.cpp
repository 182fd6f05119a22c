// Accounts and temporary accesses: what a merger of two persons moves. One person has one account.

#include "modules/identity/facts.hpp"
#include "modules/identity/identity.hpp"
#include "modules/identity/mergers/person_mergers.sql.hpp"

namespace jishi::identity {

namespace {

using registry::MergerMemory;
using registry::MovedReferences;
using registry::PersonMerger;

constexpr std::string_view kAccounts = "identity/account";
constexpr std::string_view kAccesses = "identity/access";

struct AccountOf {
  Id id = kNoId;
  std::string state;
};
BOOST_DESCRIBE_STRUCT(AccountOf, (), (id, state))

/// Whom an account belonged to before, and through the merger; 0: nobody.
struct Bound {
  Id account = kNoId;
  Id before = kNoId;
  Id after = kNoId;
};
BOOST_DESCRIBE_STRUCT(Bound, (), (account, before, after))

struct MovedAccess {
  Id access = kNoId;
};
BOOST_DESCRIBE_STRUCT(MovedAccess, (), (access))

void bind(Transaction& tx, Id account, Id person) {
  tx.run(sql::person_mergers::bind, account,
         person == kNoId ? std::nullopt : std::optional(person));
  tx.fact(fact::kAccountRebound, tx.store().clock().today(), kNoId,
          {.person = person, .subject = account});
}

/// Of two accounts one must have been disabled by then; it stands alone from now on.
Result<MovedReferences> merge_accounts(Transaction& tx, const PersonMerger& merger) {
  MovedReferences told{"accounts", 0, 0};
  MergerMemory memory(tx, merger.id, kAccounts);
  const auto dropped = tx.one<AccountOf>(sql::person_mergers::account_of, merger.dropped);
  if (!dropped) return told;
  const auto rebind = [&](Id account, Id before, Id after) {
    memory.keep(Bound{account, before, after});
    bind(tx, account, after);
  };
  const auto kept = tx.one<AccountOf>(sql::person_mergers::account_of, merger.kept);
  if (kept && kept->state != "disabled" && dropped->state != "disabled") {
    const auto login = [&](Id id) { return account(tx, id)->login; };
    return fail(ErrorKind::conflict, "identity.both_have_accounts",
                {{"kept", login(kept->id)}, {"dropped", login(dropped->id)}});
  }
  if (kept && dropped->state == "disabled") {
    rebind(dropped->id, merger.dropped, kNoId);
    told.shared = 1;
    return told;
  }
  if (kept) {
    rebind(kept->id, merger.kept, kNoId);
    told.shared = 1;
  }
  rebind(dropped->id, merger.dropped, merger.kept);
  told.moved = 1;
  return told;
}

Result<std::vector<MovedReferences>> merge(Transaction& tx, const PersonMerger& merger) {
  const auto accounts = merge_accounts(tx, merger);
  if (!accounts) return accounts.error();
  MovedReferences told{"accesses", 0, 0};
  MergerMemory memory(tx, merger.id, kAccesses);
  const auto accesses =
      tx.all<Id>(sql::person_mergers::accesses, merger.dropped, registry::kMaxMovedRows + 1);
  if (accesses.size() > static_cast<std::size_t>(registry::kMaxMovedRows))
    return registry::merger_too_large("accesses");
  for (const Id access : accesses) {
    memory.keep(MovedAccess{access});
    tx.run(sql::person_mergers::move_access, access, merger.dropped, merger.kept);
    ++told.moved;
  }
  return std::vector{*accounts, told};
}

// An account that was bound otherwise meanwhile stays where it is.
Result<Done> unmerge(Transaction& tx, const PersonMerger& merger) {
  const auto bound = MergerMemory(tx, merger.id, kAccounts).rows<Bound>();
  for (auto change = bound.rbegin(); change != bound.rend(); ++change) {
    const auto now = account(tx, change->account);
    if (!now || now->person.value_or(kNoId) != change->after) continue;
    if (change->before != kNoId &&
        tx.one<AccountOf>(sql::person_mergers::account_of, change->before)) {
      continue;
    }
    bind(tx, change->account, change->before);
  }
  for (const MovedAccess& moved : MergerMemory(tx, merger.id, kAccesses).rows<MovedAccess>())
    tx.run(sql::person_mergers::move_access, moved.access, merger.kept, merger.dropped);
  return Done{};
}

}  // namespace

registry::PersonReferences person_references() {
  return {"identity",
          {{"identity_account.person", {}}, {"identity_access.person", {}}},
          merge,
          unmerge};
}

}  // namespace jishi::identity
