#include "modules/liaison/discussion/discussion.hpp"

#include "api/dispatch.hpp"
#include "base/integer.hpp"
#include "modules/liaison/groups/group_sight.hpp"
#include "modules/registry/registry.hpp"

namespace jishi::liaison {

namespace {

Error unknown() {
  return fail(ErrorKind::not_found, "liaison.discussion_unknown");
}

const Discussed* kind_named(const Discussions& discussions, std::string_view kind) {
  const auto found = std::find_if(discussions.kinds.begin(), discussions.kinds.end(),
                                  [&](const Discussed& one) { return one.kind == kind; });
  return found == discussions.kinds.end() ? nullptr : &*found;
}

bool is_person(const Discussed& kind) {
  return kind.about.subject.kind == api::Subject::Kind::person;
}

api::Call as_asked(const api::Call& call, http::Request& request, api::Caller caller,
                   api::Permission permission) {
  return {call.store, call.gate, request, std::move(caller), permission, kNoId, kNoId, 0, {}};
}

/// The request as which the object's own route would be asked for it.
http::Request request_for(const Discussed& kind, Id id) {
  http::Request request;
  request.segments = {{std::string(kind.about.subject.segment), std::to_string(id)}};
  return request;
}

Result<SeenObject> see_in_group(const api::Call& call, const Object& object) {
  auto group = call.store.read(
      [&](db::Reader& reader) { return see_group(reader, call, object.id, "workflow.read"); });
  if (!group) return group.error();
  SeenObject seen{object, group->row.region, {group->row.region}, group->as, {}};
  if (!runs(group->row, call.store.clock().today())) {
    seen.over = group->row.closed.value_or(group->row.until);
    return seen;
  }
  for (const Partner& partner : group->partners) seen.taking_part.push_back(partner.organisation);
  return seen;
}

Result<SeenObject> see_of_kind(const Discussions& discussions, const api::Call& call,
                               const Discussed& kind, Object object) {
  if (kind.of_rule && !discussions.is_rule(object.rule)) return unknown();
  if (kind.of_group) return see_in_group(call, object);
  // What was said of a record that was merged is said of the one that stands for it.
  if (is_person(kind)) object.id = call.gate.person_now(object.id);
  http::Request request = request_for(kind, object.id);
  api::Call asked = as_asked(call, request, call.caller, kind.about.permission);
  if (const auto refused = api::admit(asked, kind.about))
    return refused->kind == ErrorKind::unauthenticated ? *refused : unknown();
  if (is_person(kind)) {
    asked.organisation =
        call.store
            .read([&](db::Reader& reader) { return registry::organisation_of(reader, object.id); })
            .value_or(kNoId);
  }
  return SeenObject{std::move(object), asked.organisation, {asked.organisation}, kNoId, {}};
}

}  // namespace

std::optional<Object> object_named(const Discussed& kind, std::string_view name) {
  Object object{kind.kind, {}, kNoId};
  if (kind.of_rule) {
    const auto last = name.rfind('.');
    const auto first = name.find('.');
    if (first == name.npos || first == last || first == 0 || first + 1 == last) return std::nullopt;
    object.rule =
        fmt::format("{}/{}", name.substr(0, first), name.substr(first + 1, last - first - 1));
    name.remove_prefix(last + 1);
  }
  const auto id = parse_integer(name);
  if (!id || *id <= 0) return std::nullopt;
  object.id = *id;
  return object;
}

std::string name_of(const Object& object) {
  if (object.rule.empty()) return std::to_string(object.id);
  std::string rule = object.rule;
  std::replace(rule.begin(), rule.end(), '/', '.');
  return fmt::format("{}.{}", rule, object.id);
}

Result<SeenObject> see(const Discussions& discussions, const api::Call& call, std::string_view kind,
                       std::string_view name) {
  const Discussed* known = kind_named(discussions, kind);
  if (known == nullptr) return unknown();
  auto object = object_named(*known, name);
  if (!object) return unknown();
  return see_of_kind(discussions, call, *known, std::move(*object));
}

Result<SeenObject> see(const Discussions& discussions, const api::Call& call,
                       const Object& object) {
  const Discussed* known = kind_named(discussions, object.kind);
  if (known == nullptr) return unknown();
  return see_of_kind(discussions, call, *known, object);
}

bool may_see(const Discussions& discussions, const api::Call& call, Id account,
             const Object& object) {
  auto caller = call.gate.caller_again(account, api::PermissionSet::all());
  if (!caller) return false;
  const api::Call theirs = as_asked(call, call.request, std::move(*caller), {});
  return see(discussions, theirs, object).has_value();
}

}  // namespace jishi::liaison
