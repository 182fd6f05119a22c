#pragma once
// What a route's function works with.

#include "api/caller.hpp"

namespace jishi::api {

/// What a caller may name in a command: what they may do it to.
class CallerReach : public db::Reach {
 public:
  CallerReach(Gate& gate, const Caller& caller, Permission permission)
      : gate_(gate), caller_(caller), permission_(permission) {}
  bool organisation(db::Reader&, std::int64_t organisation) const override {
    return gate_.may(caller_, permission_, organisation);
  }
  bool person(db::Reader&, std::int64_t person) const override {
    return gate_.may_see_person(caller_, permission_, person);
  }

 private:
  Gate& gate_;
  const Caller& caller_;
  Permission permission_;
};

struct Exporting;
struct TableAsked;

/// One request that was let in: who asks is known, and its subject lies in their scope.
struct Call {
  Store& store;
  Gate& gate;
  http::Request& request;
  Caller caller;
  Permission permission;    // with which it was let in
  Id subject = kNoId;       // the organisation, person or record that the route names
  Id organisation = kNoId;  // where the subject belongs; kNoId for what belongs to none

  int status = 0;                     // of the answer; 0: the route's own
  std::vector<http::Header> headers;  // to be added to the answer
  const Exporting* exporting = nullptr;
  const TableAsked* table = nullptr;  // the list goes whole into this table, in larger pages

  Language language() const { return caller.language; }
};

/// Finds the organisation of a record, or nothing where there is no such record.
using Locate = std::optional<Id> (*)(db::Reader& reader, Id record);
/// Finds the account whose own a record is.
using FindOwner = Locate;

/// What must lie in the caller's scope before a route's function is called.
struct Subject {
  enum class Kind {
    open,          // nobody has to sign in
    account,       // whoever is signed in, for what is their own
    anywhere,      // the permission, held anywhere: what belongs to no organisation
    organisation,  // the organisation of this segment
    person,        // the person of this segment
    record,        // the record of this segment, by the organisation that `locate` finds
    own_record     // the record of this segment, by the account alone that `owner` finds
  };
  BOOST_DESCRIBE_NESTED_ENUM(Kind, open, account, anywhere, organisation, person, record,
                             own_record)

  Kind kind = Kind::open;
  std::string_view segment;
  Locate locate = nullptr;
  FindOwner owner = nullptr;
};

inline Subject open_to_all() {
  return {};
}
inline Subject own_account() {
  return {Subject::Kind::account, {}, nullptr, nullptr};
}
inline Subject anywhere() {
  return {Subject::Kind::anywhere, {}, nullptr, nullptr};
}
inline Subject organisation_in(std::string_view segment) {
  return {Subject::Kind::organisation, segment, nullptr, nullptr};
}
inline Subject person_in(std::string_view segment) {
  return {Subject::Kind::person, segment, nullptr, nullptr};
}
/// With `owner` it is also let in by its own account, whatever that may do elsewhere.
inline Subject record_in(std::string_view segment, Locate locate, FindOwner owner = nullptr) {
  return {Subject::Kind::record, segment, locate, owner};
}
inline Subject own_record_in(std::string_view segment, FindOwner owner) {
  return {Subject::Kind::own_record, segment, nullptr, owner};
}

/// A route has no query, or a command no body.
struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

/// An answer that says no more than that it was done.
struct Acknowledged {
  bool done = true;
};
BOOST_DESCRIBE_STRUCT(Acknowledged, (), (done))

/// A part of a list; `next` goes into `after` for the part that follows, and is null at the end.
template <class T>
struct Page {
  std::vector<T> items;
  std::optional<std::string> next;

  BOOST_DESCRIBE_CLASS(Page, (), (items, next), (), ())
};

}  // namespace jishi::api
