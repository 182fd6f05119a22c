#include "modules/identity/access/access.hpp"

#include <boost/json.hpp>

#include "base/text.hpp"
#include "modules/identity/access/access.sql.hpp"
#include "modules/identity/facts.hpp"
#include "modules/identity/identity.hpp"

namespace jishi::identity {

namespace {

constexpr std::int64_t kDayMs = std::int64_t{24} * 60 * 60 * 1000;

// The same words whether there is no such person or the caller may not know of them.
Error no_such_person(const registry::Reference& person) {
  return fail(ErrorKind::not_found, "registry.person_not_found", {{"person", person.text()}});
}

// The account, and the people of the person's organisation, are told.
void notify(Transaction& tx, std::string_view kind, const Access& access, Id home) {
  leave_notice(tx, access.account, kNoId, kind, access.id);
  if (home != kNoId) leave_notice(tx, kNoId, home, kind, access.id);
}

}  // namespace

void leave_notice(Transaction& tx, Id account, Id organisation, std::string_view kind, Id subject) {
  tx.run(sql::access::add_notice, tx.new_id(), account, organisation, kind, subject,
         tx.store().clock().now_ms());
}

std::optional<Error> refuse_access(const GiveAccess& asked) {
  const std::size_t length = count_code_points(tidy(asked.reason));
  if (length < kMinReason || length > kMaxReason) {
    return fail(ErrorKind::invalid, "identity.reason_length",
                {{"least", std::to_string(kMinReason)}, {"most", std::to_string(kMaxReason)}});
  }
  if (asked.days < 1 || asked.days > kMaxAccessDays) {
    return fail(ErrorKind::invalid, "identity.access_days",
                {{"most", std::to_string(kMaxAccessDays)}});
  }
  return std::nullopt;
}

// By the person's organisation: what was given to the caller for a time is not theirs to hand on.
bool Identity::may_read_home(const api::Caller& caller, Id person) {
  const Id home = store_.read([&](db::Reader& reader) {
    return registry::organisation_of(reader, person).value_or(kNoId);
  });
  return caller.owner || (home != kNoId && scope_.may(caller, "registry.read", home));
}

Result<Access> Identity::give_access(const api::Caller& caller, const GiveAccess& asked) {
  if (const auto needed = need(caller, "registry.read"); !needed) return needed.error();
  if (auto refusal = refuse_access(asked)) return std::move(*refusal);
  const auto person =
      store_.read([&](db::Reader& reader) { return registry::person_meant(reader, asked.person); });
  if (!person || !may_read_home(caller, *person)) return no_such_person(asked.person);
  if (asked.account == caller.account) return fail(ErrorKind::refused, "identity.not_oneself");
  const auto standing = scope_.standing_of(asked.account);
  if (!standing || standing->state == AccountState::disabled) {
    return fail(ErrorKind::not_found, "identity.account_unknown");
  }
  api::Caller given;
  given.account = asked.account;
  if (scope_.places(given, "registry.read").empty()) {
    return fail(ErrorKind::refused, "identity.access_without_role");
  }
  const std::int64_t now = store_.clock().now_ms();
  return store_.write(Actor{caller.account}, [&](Transaction& tx) -> Result<Access> {
    if (tx.one<int>(sql::access::count, asked.account, now).value_or(0) >= kMaxAccesses) {
      return fail(ErrorKind::refused, "identity.too_many_accesses",
                  {{"most", std::to_string(kMaxAccesses)}});
    }
    const Access access{tx.new_id(),
                        asked.account,
                        *person,
                        tidy(asked.reason),
                        now,
                        caller.account,
                        now + asked.days * kDayMs,
                        std::nullopt};
    tx.run(sql::access::add, access.id, access.account, access.person, access.reason, access.made,
           access.made_by, access.expires);
    const Id home = registry::organisation_of(tx, *person).value_or(kNoId);
    notify(tx, "access_granted", access, home);
    const boost::json::object payload{{"access", std::to_string(access.id)},
                                      {"reason", access.reason}};
    tx.fact(fact::kAccessGranted, store_.clock().today(), home,
            {*person, access.account, asked.days, boost::json::serialize(payload)});
    return access;
  });
}

Result<Access> Identity::end_access(const api::Caller& caller, Id id) {
  const Error unknown = fail(ErrorKind::not_found, "identity.access_unknown");
  const auto found =
      store_.read([&](db::Reader& reader) { return reader.one<Access>(sql::access::by_id, id); });
  if (caller.stranger() || !found) return unknown;
  const bool own = found->account == caller.account && !caller.by_token;
  if (!own && !may_read_home(caller, found->person)) return unknown;
  const std::int64_t now = store_.clock().now_ms();
  return store_.write(Actor{caller.account}, [&](Transaction& tx) -> Result<Access> {
    auto access = tx.one<Access>(sql::access::by_id, id);
    if (!access || access->ended || access->expires <= now) return unknown;
    access->ended = now;
    tx.run(sql::access::end, id, now);
    const Id home = registry::organisation_of(tx, access->person).value_or(kNoId);
    notify(tx, "access_ended", *access, home);
    const boost::json::object payload{{"access", std::to_string(id)}};
    tx.fact(fact::kAccessEnded, store_.clock().today(), home,
            {access->person, access->account, 0, boost::json::serialize(payload)});
    return std::move(*access);
  });
}

Result<std::vector<Access>> Identity::accesses_to(const api::Caller& caller, Id person) {
  if (const auto needed = need(caller, "registry.read"); !needed) return needed.error();
  if (!may_read_home(caller, person)) return no_such_person(person);
  return store_.read(
      [&](db::Reader& reader) { return reader.all<Access>(sql::access::to_person, person); });
}

Result<std::vector<Access>> Identity::accesses(const api::Caller& caller) {
  if (const auto own = own_account(caller); !own) return own.error();
  return store_.read([&](db::Reader& reader) {
    return reader.all<Access>(sql::access::of_account, caller.account);
  });
}

Result<std::vector<Notice>> Identity::notices(const api::Caller& caller) {
  if (const auto own = own_account(caller); !own) return own.error();
  return store_.read([&](db::Reader& reader) {
    return reader.all<Notice>(sql::access::notices_of_account, caller.account, kMaxNotices);
  });
}

Result<std::vector<Notice>> Identity::notices_of(const api::Caller& caller, Id organisation) {
  if (!scope_.may(caller, "registry.read", organisation) || organisation == kNoId) {
    return fail(ErrorKind::not_found, "registry.not_found",
                {{"organisation", std::to_string(organisation)}});
  }
  return store_.read([&](db::Reader& reader) {
    return reader.all<Notice>(sql::access::notices_of_organisation, organisation, kMaxNotices);
  });
}

}  // namespace jishi::identity
