#pragma once
// What a person does about a light: takes it up, explains it, or has it set aside until a day. A
// light stays lit until what it asks for is done: handling says how it stands, it puts nothing out.

#include "api/call.hpp"
#include "modules/insight/insight.hpp"

namespace jishi::insight {

inline constexpr std::size_t kLeastHandlingReason = 4;
inline constexpr std::size_t kMostHandlingReason = 500;
/// Days from today until which an explanation or a waiver may hold.
inline constexpr int kMostExplainedDays = 183;
inline constexpr int kMostWaivedDays = 366;
/// Events and handlings of a light that are shown, latest first.
inline constexpr int kMaxLightHistory = 200;

enum class HandlingKind { taken, explained, waived };
BOOST_DESCRIBE_ENUM(HandlingKind, taken, explained, waived)

struct HandleLight {
  HandlingKind what = HandlingKind::taken;
  std::optional<std::string> reason;  // of what was explained or waived
  std::optional<Date> until;          // the last day of it
};
BOOST_DESCRIBE_STRUCT(HandleLight, (), (what, reason, until))

struct Handling {
  std::string what;  // taken | explained | waived
  std::string reason;
  std::optional<Date> until;
  Id account = kNoId;
  std::string account_name;
  std::int64_t made_ms = 0;
  std::optional<std::int64_t> ended_ms;
};
BOOST_DESCRIBE_STRUCT(Handling, (), (what, reason, until, account, account_name, made_ms, ended_ms))

struct LightEvent {
  std::int64_t happened_ms = 0;
  std::string what;  // lit | changed | out
  std::string level;
};
BOOST_DESCRIBE_STRUCT(LightEvent, (), (happened_ms, what, level))

/// What became of a light of one rule and subject, now and before, latest first.
struct LightHistory {
  std::vector<LightEvent> events;
  std::vector<Handling> handlings;
};
BOOST_DESCRIBE_STRUCT(LightHistory, (), (events, handlings))

/// What the decision looks at.
struct HandlingView {
  HandleLight asked;
  Date today;
  bool lit = false;
  bool by_superior = false;  // may waive where a body above is responsible
};

/// Nothing when the light may be handled so; pure. Errors: insight.light_not_lit, handling_reason,
/// handling_until, waiver_by_superior: a body does not excuse itself.
std::optional<Error> refuse_handling(const HandlingView& view);

/// A light by its rule and subject.
struct LightKey {
  std::string rule;
  Id subject = kNoId;
};

/// Handles a light that is lit; what was said of it before is replaced. Errors: those above.
Result<Handling> handle_light(Transaction& tx, const LightKey& light, const HandleLight& asked,
                              bool by_superior);

/// Takes back what was said of a light. Errors: insight.not_handled.
Result<Done> release_light(Transaction& tx, const LightKey& light);

LightHistory light_history(db::Reader& reader, const LightKey& light);

/// Where a light that is lit stands; nothing when it is not lit.
struct LitPlace {
  Id organisation = kNoId;
  std::string subject_kind;  // organisation | person
};
BOOST_DESCRIBE_STRUCT(LitPlace, (), (organisation, subject_kind))
std::optional<LitPlace> place_of_light(db::Reader& reader, const LightKey& light);

/// Under which organisation a light that is lit stands, and which one is above that.
struct BodyOfLight {
  Id organisation = kNoId;
  Id superior = kNoId;  // kNoId: it stands at the top
};
BOOST_DESCRIBE_STRUCT(BodyOfLight, (), (organisation, superior))
std::optional<BodyOfLight> body_of_light(db::Reader& reader, const LightKey& light);

/// The light went out: what was said of it has ended.
void end_handling(Transaction& tx, const LightKey& light);

}  // namespace jishi::insight
