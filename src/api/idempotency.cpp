#include "api/idempotency.hpp"

#include "api/idempotency.sql.hpp"
#include "base/hash.hpp"

namespace jishi::api {

namespace {

struct Kept {
  Blob fingerprint;
  std::string answer;
};
BOOST_DESCRIBE_STRUCT(Kept, (), (fingerprint, answer))

Blob fingerprint_of(const http::Request& request) {
  std::string whole(http::name_of(request.method));
  whole += ' ' + request.path + '\n' + request.body;
  return Blob{std::string(bytes_of(sha256(whole)))};
}

bool usable(std::string_view key) {
  return !key.empty() && key.size() <= kMaxIdempotencyKey &&
         std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

db::Failure look_first() {
  return {db::FailureKind::serialization, "a key was used that was presumed to be new"};
}

}  // namespace

Result<std::string> do_once(Call& call, Actor actor, std::string_view key,
                            const std::function<Result<std::string>(Transaction&)>& work) {
  if (!usable(key))
    return fail(ErrorKind::invalid, "api.key_invalid",
                {{"limit", std::to_string(kMaxIdempotencyKey)}});
  const Blob fingerprint = fingerprint_of(call.request);
  const Id account = call.caller.account;
  return call.store.write(actor, [&](Transaction& tx) -> Result<std::string> {
    const std::int64_t now = call.store.clock().now_ms();
    const std::int64_t old = now - kKeepAnswersMs;
    const auto kept_answer = [&] {
      return tx.one<Kept>(sql::idempotency::answer, account, key, old);
    };
    if (!tx.bold()) {
      if (auto kept = kept_answer()) {
        if (kept->fingerprint.bytes != fingerprint.bytes)
          return fail(ErrorKind::conflict, "api.key_reused");
        return std::move(kept->answer);
      }
    }
    auto answer = work(tx);
    if (!answer) {
      if (tx.bold() && kept_answer()) throw look_first();
      return answer;
    }
    if (tx.bold()) {
      // One that is there and was not looked for fails now: all is done again with a look.
      tx.run(sql::idempotency::keep_new, account, key, fingerprint, *answer, now);
    } else {
      tx.run(sql::idempotency::keep, account, key, fingerprint, *answer, now, old);
    }
    return answer;
  });
}

void forget_answers(Store& store) {
  const std::int64_t before = store.clock().now_ms() - kKeepAnswersMs;
  const bool some = store.read_once([&](db::Reader& reader) {
    return reader.one<int>(sql::idempotency::old, before).has_value();
  });
  if (!some) return;
  (void)store.write(Actor{}, [&](Transaction& tx) -> Result<Done> {
    tx.run(sql::idempotency::forget, before);
    return Done{};
  });
}

}  // namespace jishi::api
