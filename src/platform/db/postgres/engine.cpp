#include <libpq-fe.h>

#include "platform/db/dialect.hpp"
#include "platform/db/postgres/postgres.hpp"
#include "platform/db/typed.hpp"

namespace jishi::db {

namespace {

/// What a URL says, in parts.
class UrlParts {
 public:
  explicit UrlParts(const std::string& url) : parts_(PQconninfoParse(url.c_str(), nullptr)) {}
  ~UrlParts() { PQconninfoFree(parts_); }
  UrlParts(const UrlParts&) = delete;
  UrlParts& operator=(const UrlParts&) = delete;

  std::string_view get(std::string_view keyword) const {
    for (const PQconninfoOption* part = parts_; part != nullptr && part->keyword != nullptr;
         ++part) {
      if (part->keyword == keyword && part->val != nullptr) return part->val;
    }
    return {};
  }

 private:
  PQconninfoOption* parts_;
};

class PostgresEngine final : public Engine {
 public:
  explicit PostgresEngine(std::string url) : url_(std::move(url)) {}

  std::string_view name() const override { return "postgres"; }

  std::string place() const override {
    const UrlParts parts(url_);
    const std::string_view port = parts.get("port");
    return fmt::format("postgres://{}{}{}/{}", parts.get("host"), port.empty() ? "" : ":", port,
                       parts.get("dbname"));
  }

  bool exists() const override {
    static constexpr Statement kStore{"platform_store",
                                      "select to_regclass('ledger_store') is not null"};
    const auto connection = open(Access::read);
    return Reader(*connection).one<bool>(kStore).value_or(false);
  }

  std::unique_ptr<Connection> open(Access access) const override {
    return postgres::connect(url_, access);
  }

  bool shared() const override { return true; }

  bool claim(Connection& connection, unsigned number) const override {
    constexpr int kNodes = 744'933;  // a space of its own among the locks of this kind
    static constexpr Statement kClaim{
        "platform_claim", "select pg_try_advisory_lock(cast($1 as integer), cast($2 as integer))"};
    return Reader(connection).one<bool>(kClaim, kNodes, number).value_or(false);
  }

  bool copy_to(const std::filesystem::path&) const override { return false; }

  // The server checks its pages as it reads them, where its checksums are on.
  std::string check() const override { return {}; }

  std::string migration(std::string_view sql) const override { return migration_for_postgres(sql); }

 private:
  std::string url_;
};

}  // namespace

std::shared_ptr<const Engine> postgres_engine(std::string url) {
  return std::make_shared<PostgresEngine>(std::move(url));
}

bool is_postgres_url(std::string_view text) {
  return text.starts_with("postgres://") || text.starts_with("postgresql://");
}

}  // namespace jishi::db
