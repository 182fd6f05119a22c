#pragma once
// What is looked at row by row: lists, which come whole, and walks, which come in portions.

#include "platform/db/postgres/foresight.hpp"
#include "platform/db/postgres/link.hpp"

namespace jishi::db::postgres {

/// Rows that are fetched in portions from a cursor of the server's.
class Walk final : public Rows {
 public:
  static constexpr int kPortion = 1'000;  // rows that are held at a time

  Walk(Link& link, std::string_view name, std::string portal)
      : link_(link), name_(name), portal_(std::move(portal)) {}

  void start(const std::string& sql, const Parameters& parameters, std::span<const Oid> types) {
    close();
    declare_ = "declare " + portal_ + " no scroll cursor for " + sql;
    fetch_ = fmt::format("fetch {} from {}", kPortion, portal_);
    link_.send(name_, declare_, parameters, types, nullptr);
    fetch();
    open_ = true;
    if (size() < kPortion) close();
  }

  bool next() override {
    if (Rows::next()) return true;
    if (!open_) return false;
    fetch();
    if (size() < kPortion) close();
    return Rows::next();
  }

  /// Its transaction is over, or the savepoint after which it was declared.
  void forget() {
    open_ = false;
    drop();
  }

 private:
  void fetch() {
    ResultPtr rows;
    link_.send(name_, fetch_.c_str(), &rows);
    link_.settle();
    hold(std::move(rows));
  }

  void close() {
    if (!open_) return;
    open_ = false;
    close_ = "close " + portal_;
    link_.send(name_, close_.c_str());
  }

  Link& link_;
  std::string_view name_;
  std::string portal_;
  std::string declare_;
  std::string fetch_;
  std::string close_;
  bool open_ = false;
};

/// Rows that are waited for when the first is asked for: what is asked before that goes along.
class Answer final : public Rows {
 public:
  Answer(Link& link, std::string_view name, bool& answered)
      : link_(link), name_(name), answered_(answered) {}

  /// Where the result is to be put.
  ResultPtr* expect() {
    forget();
    waits_ = true;
    return &coming_;
  }
  bool waits() const { return waits_; }

  /// Its transaction is over: nobody looks at it any more, and a long list would stay in memory
  /// until this connection is asked the same again.
  void forget() {
    drop();
    coming_.reset();
    waits_ = false;
    not_yet_ = false;
  }

  /// Shows an answer that is kept elsewhere, or none yet: then next() throws Foresight::NotYet.
  void foresee(const PGresult* result) {
    coming_.reset();
    waits_ = false;
    not_yet_ = result == nullptr;
    show(result);
  }

  bool next() override {
    if (waits_) wait();
    if (not_yet_) throw Foresight::NotYet{};
    return Rows::next();
  }

 private:
  void wait() {
    link_.settle();
    waits_ = false;
    if (!coming_) throw Failure(FailureKind::other, std::string(name_) + ": not answered");
    answered_ = true;
    hold(std::move(coming_));
  }

  Link& link_;
  std::string_view name_;
  bool& answered_;
  ResultPtr coming_;
  bool waits_ = false;
  bool not_yet_ = false;
};

}  // namespace jishi::db::postgres
