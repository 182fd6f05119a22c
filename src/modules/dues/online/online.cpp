#include "modules/dues/online/online.hpp"

#include "base/texts.hpp"
#include "modules/dues/online/orders.sql.hpp"
#include "modules/dues/online/signature.hpp"

namespace jishi::dues {

namespace {

Error refused() {
  return fail(ErrorKind::forbidden, "dues.notification_refused");
}

std::optional<OrderRow> row_of(Store& store, Id order) {
  return store.read([&](db::Reader& reader) { return order_row(reader, order); });
}

}  // namespace

Online::Online(Store& store, LookFailed failed) : store_(store), failed_(std::move(failed)) {
}

Online::~Online() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Result<Done> Online::choose(std::string_view name) {
  if (name == kNoProvider) return Done{};
  if (name == Sandbox::kName) {
    auto sandbox = std::make_unique<Sandbox>(store_);
    sandbox_ = sandbox.get();
    provider_ = std::move(sandbox);
    return Done{};
  }
  return fail(ErrorKind::invalid, "dues.provider_unknown", {{"name", std::string(name)}});
}

void Online::use(std::unique_ptr<Provider> provider) {
  sandbox_ = nullptr;
  provider_ = std::move(provider);
}

void Online::start() {
  thread_ = std::thread([this] { work(); });
}

void Online::told(std::string_view what) const {
  if (failed_) failed_(what);
}

Result<Done> Online::take(std::string_view provider, const Received& received) {
  if (!provider_ || provider_->name() != provider || received.body.size() > kMostNotificationBytes)
    return refused();
  const std::int64_t now = store_.clock().now_ms();
  const auto notice = provider_->read(received, now);
  if (!notice || notice->nonce.size() > kMostNonce) return refused();
  const auto verdict = store_.write(Actor{}, [&](Transaction& tx) -> Result<Verdict> {
    const auto row = order_row(tx, notice->order);
    if (!row || row->provider != provider) return refused();
    if (tx.run(sql::orders::add_notice, provider, notice->nonce, now) == 0) return refused();
    return settle(tx, *row, notice->told);
  });
  if (!verdict) return verdict.error();
  if (verdict->refused) return refused();
  return Done{};
}

void Online::begin(Id order) {
  const auto row = row_of(store_, order);
  if (!row || !provider_ || row->provider != provider_->name() || !row->address.empty() ||
      state_of(*row) != OrderState::open)
    return;
  const auto address = provider_->begin({row->id, row->amount_cents, row->expires});
  if (!address) return told(say(Language::en, address.error()));
  (void)store_.write(Actor{}, [&](Transaction& tx) -> Result<Done> {
    tx.run(sql::orders::set_address, order, *address);
    return Done{};
  });
}

Result<Done> Online::follow(Id order, const Told& told) {
  const auto verdict = store_.write(Actor{}, [&](Transaction& tx) -> Result<Verdict> {
    const auto row = order_row(tx, order);
    if (!row) return fail(ErrorKind::not_found, "dues.order_unknown");
    return settle(tx, *row, told);
  });
  if (!verdict) return verdict.error();
  return Done{};
}

Result<Done> Online::look(Id order) {
  const auto row = row_of(store_, order);
  if (!row || !is_unpaid(state_of(*row))) return Done{};
  const bool over = row->expires <= store_.clock().now_ms();
  if (!provider_ || provider_->name() != row->provider) {
    // Made at a provider that is no more: nobody is left to ask, and its page is not reached.
    return follow(order, {over ? ToldState::cancelled : ToldState::waiting, 0, 0});
  }
  auto told = provider_->query(order);
  if (told && told->state == ToldState::waiting && over && state_of(*row) == OrderState::open)
    told = provider_->close(order);
  if (!told) return told.error();
  return follow(order, *told);
}

void Online::look_lately(Id order) {
  const std::int64_t now = store_.clock().now_ms();
  {
    const std::lock_guard lock(asked_mutex_);
    if (asked_.size() >= kMostAskedLately) asked_.clear();
    const auto [held, first] = asked_.try_emplace(order, now);
    if (!first && now - held->second < kAskedLatelyMs) return;
    held->second = now;
  }
  if (const auto looked = look(order); !looked) told(say(Language::en, looked.error()));
}

Result<Done> Online::cancel(Id order) {
  const auto row = row_of(store_, order);
  if (!row) return fail(ErrorKind::not_found, "dues.order_unknown");
  if (state_of(*row) != OrderState::open) return fail(ErrorKind::conflict, "dues.order_ended");
  if (!provider_ || provider_->name() != row->provider)
    return follow(order, {ToldState::cancelled, 0, 0});
  const auto closed = provider_->close(order);
  if (!closed) {
    told(say(Language::en, closed.error()));
    return fail(ErrorKind::unavailable, "dues.provider_away");
  }
  return follow(order, *closed);
}

int Online::look_at_due() {
  const auto due = store_.read([&](db::Reader& reader) {
    return reader.all<Id>(sql::orders::to_look_at, store_.clock().now_ms(), kMostLooksAtOnce);
  });
  for (const Id order : due) {
    const auto looked = look(order);
    if (looked) continue;
    // A provider that is away keeps no other order back; it is asked again.
    told(say(Language::en, looked.error()));
    (void)store_.write(Actor{}, [&](Transaction& tx) -> Result<Done> {
      tx.run(sql::orders::look_later, order, store_.clock().now_ms() + kLookAgainMs);
      return Done{};
    });
  }
  return static_cast<int>(due.size());
}

// Twice as long as their time is believed: what is older is refused for its time alone.
void Online::forget_notices() {
  const std::int64_t before = store_.clock().now_ms() - 2 * kNoticeHoldsMs;
  const bool some = store_.read([&](db::Reader& reader) {
    return reader.one<int>(sql::orders::old_notice, before).has_value();
  });
  if (!some) return;
  (void)store_.write(Actor{}, [&](Transaction& tx) -> Result<Done> {
    tx.run(sql::orders::forget_notices, before);
    return Done{};
  });
}

// Exceptions are those of a store that is away: what is due then is due when it is back.
void Online::work() {
  while (true) {
    int looked = 0;
    try {
      looked = look_at_due();
      forget_notices();
    } catch (const std::exception& error) {
      told(error.what());
    }
    std::unique_lock lock(mutex_);
    if (stopping_) return;
    if (looked < kMostLooksAtOnce) woken_.wait_for(lock, kLookTick, [this] { return stopping_; });
    if (stopping_) return;
  }
}

}  // namespace jishi::dues
