#pragma once
// Who asks, and the gate that says what they may: the one place where permission and scope are
// decided.

#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "api/permissions.hpp"
#include "base/id.hpp"
#include "base/language.hpp"
#include "base/result.hpp"
#include "ledger/store.hpp"
#include "platform/http/message.hpp"

namespace jishi::api {

/// To see that an organisation or a person is there, with what is not personal of them.
inline constexpr Permission kSee = "registry.read";

/// Who asks. A stranger has neither account nor session.
struct Caller {
  Id account = kNoId;
  Id person = kNoId;   // whom the account belongs to; kNoId: it stands alone
  Id session = kNoId;  // or the token's id
  bool by_token = false;
  Language language = Language::zh;
  PermissionSet allowed = PermissionSet::all();  // no more than this: what the token was made for
  bool must_enrol = false;  // a role asks for two-factor sign-in that is not set up: may do nothing
  bool owner = false;       // acts at the command line as the owner of the data folder

  Id seen = kNoId;  // looks as this account would: no more than both of them may

  bool stranger() const { return account == kNoId && !owner; }
};

/// Where a role is held, and how far it reaches from there.
struct Place {
  Id organisation = kNoId;
  std::string structure;
  bool below = true;  // with all that stands below it
  friend bool operator==(const Place&, const Place&) = default;
};
BOOST_DESCRIBE_STRUCT(Place, (), (organisation, structure, below))

/// Says who asks and what they may. Thread-safe, and quick enough to be asked by every request.
class Gate {
 public:
  virtual ~Gate() = default;

  /// Who sent the request: a stranger where it carries no credential. Refused as unauthenticated
  /// when its session or token is unknown, expired or ended; as forbidden
  /// (identity.csrf_missing) when a write comes with a cookie but without the session's token.
  virtual Result<Caller> caller(const http::Request& request) = 0;

  /// Whoever began a work that goes on without them, as they stand now, with no more than
  /// `allowed`. Nothing where the account is disabled, or must set up its second factor first.
  virtual std::optional<Caller> caller_again(Id account, PermissionSet allowed) = 0;

  /// Whether a role that the caller holds at the organisation, or at one above it, permits this.
  virtual bool may(const Caller& caller, Permission permission, Id organisation) = 0;

  /// Whether a role permits this wherever it is held: for what belongs to no organisation.
  virtual bool may_somewhere(const Caller& caller, Permission permission) = 0;

  /// The organisations at which the caller holds a role that permits this; what stands below them
  /// is the caller's scope. None of them stands below another. Of the Party's structure; scope()
  /// knows all.
  virtual std::vector<Id> places(const Caller& caller, Permission permission) = 0;

  /// As places(), of every structure, and also where a role reaches no further than the
  /// organisation it is held at.
  virtual std::vector<Place> scope(const Caller& caller, Permission permission) = 0;

  /// Whether scope() covers this place.
  virtual bool covers(const Caller& caller, Permission permission, const Place& place) = 0;

  /// Which of these sessions and tokens are good no more. A request is let in once; what goes on
  /// after it, such as a stream of events, asks again.
  virtual std::vector<Id> ended_of(const std::vector<Id>& credentials) = 0;

  /// Whether after a fact of this kind the account that is its subject may be let in no more, or to
  /// something else.
  virtual bool changes_standing(FactKind kind) const = 0;
  /// Whether after a fact of this kind organisations may stand elsewhere.
  virtual bool moves_places(FactKind kind) const = 0;

  /// Whether the caller may see this person's record: in scope by membership, the caller's own, or
  /// by a temporary access that runs.
  virtual bool may_see_person(const Caller& caller, Permission permission, Id person) = 0;

  /// Whom an id leads to: the person it was merged into, otherwise itself.
  virtual Id person_now(Id person) = 0;
};

}  // namespace jishi::api
