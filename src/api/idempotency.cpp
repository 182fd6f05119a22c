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
    if (auto kept = tx.one<Kept>(sql::idempotency::answer, account, key, now - kKeepAnswersMs)) {
      if (kept->fingerprint.bytes != fingerprint.bytes)
        return fail(ErrorKind::conflict, "api.key_reused");
      return std::move(kept->answer);
    }
    auto answer = work(tx);
    if (!answer) return answer;
    tx.run(sql::idempotency::keep, account, key, fingerprint, *answer, now);
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
