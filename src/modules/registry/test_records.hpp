#pragma once
// Short words for the tests of the archive: who tells, with what rank, in which import.

#include "modules/registry/structure/test_tree.hpp"

namespace jishi::registry {

struct Teller {
  std::string_view source = "workbook";
  std::optional<int> rank;
};

/// Records what a teller says, each time as another import.
class Archive {
 public:
  Store& store() { return *store_; }
  TestStore& held() { return store_; }

  Recorded organisation(const Teller& teller, std::optional<Id> known,
                        const OrganisationRecord& record) {
    return write(teller, [&](Transaction& tx, const Origin& origin) {
      return record_organisation(tx, origin, known, record);
    });
  }

  Recorded member(const Teller& teller, std::optional<Id> known, const MemberRecord& record) {
    const SealedIdentity sealed = seal_identity(*store_, record);
    return write(teller, [&](Transaction& tx, const Origin& origin) {
      return record_member(tx, origin, known, record, sealed);
    });
  }

  Recorded post(const Teller& teller, const PostRecord& record) {
    return write(teller, [&](Transaction& tx, const Origin& origin) {
      return record_post(tx, origin, record);
    });
  }

  Organisation organisation(Id id) {
    return store_->read([&](db::Reader& reader) { return *registry::organisation(reader, id); });
  }

  template <class T = int>
  T ask(const Statement& statement) {
    return store_->read([&](db::Reader& reader) { return *reader.one<T>(statement); });
  }

  /// Values that wait beside those that stand.
  int waiting() {
    static constexpr Statement kWaiting{"test.waiting", "select count(*) from registry_conflict"};
    return ask(kWaiting);
  }

 private:
  template <class Work>
  Recorded write(const Teller& teller, Work&& work) {
    store_.clock.set_ms(store_.clock.now_ms() + 1000);
    const auto done = store_->write(kTester, [&](Transaction& tx) {
      const Origin origin = origin_of(tx, teller.source, teller.rank, tx.new_id());
      return Result<Recorded>(work(tx, origin));
    });
    return *done;
  }

  TestStore store_;
};

}  // namespace jishi::registry
