// Every look at unmasked personal data leaves its fact first.

#include <boost/json.hpp>

#include "base/text.hpp"
#include "modules/identity/facts.hpp"
#include "modules/identity/identity.hpp"

namespace jishi::identity {

namespace {

constexpr std::size_t kMaxFields = 20;

boost::json::object payload_of(const Look& asked, const std::string& purpose) {
  boost::json::array fields;
  for (const std::string& field : asked.fields) fields.emplace_back(field);
  return {{"fields", std::move(fields)}, {"purpose", purpose}};
}

}  // namespace

Result<std::vector<SeenField>> Identity::look(const api::Caller& caller, const Look& asked) {
  const auto person =
      store_.read([&](db::Reader& reader) { return registry::person_meant(reader, asked.person); });
  if (!person || !scope_.may_see_person(caller, "registry.unmask", *person)) {
    return fail(ErrorKind::not_found, "registry.person_not_found",
                {{"person", asked.person.text()}});
  }
  const std::string purpose = tidy(asked.purpose);
  const std::size_t length = count_code_points(purpose);
  if (length < kMinReason || length > kMaxReason) {
    return fail(ErrorKind::invalid, "identity.purpose_length",
                {{"least", std::to_string(kMinReason)}, {"most", std::to_string(kMaxReason)}});
  }
  if (asked.fields.empty() || asked.fields.size() > kMaxFields) {
    return fail(ErrorKind::invalid, "identity.field_count", {{"most", std::to_string(kMaxFields)}});
  }
  return store_.write(
      Actor{caller.account}, [&](Transaction& tx) -> Result<std::vector<SeenField>> {
        std::vector<SeenField> seen;
        for (const std::string& field : asked.fields) {
          auto value = registry::member_field(tx, store_.keys(), *person, field);
          if (!value) {
            return fail(ErrorKind::invalid, "identity.field_unknown", {{"field", field}});
          }
          seen.push_back({field, std::move(*value)});
        }
        const std::string payload = boost::json::serialize(payload_of(asked, purpose));
        tx.fact(fact::kPersonalDataSeen, store_.clock().today(),
                registry::organisation_of(tx, *person).value_or(kNoId),
                {*person, caller.account, static_cast<std::int64_t>(seen.size()), payload});
        return seen;
      });
}

void Identity::note_export(const api::Exported& exported) {
  boost::json::array personal;
  for (const std::string& column : exported.personal) personal.emplace_back(column);
  const boost::json::object payload{
      {"list", exported.list},
      {"format", boost::describe::enum_to_string(exported.format, "")},
      {"personal", std::move(personal)},
      {"purpose", exported.purpose}};
  const auto noted =
      store_.write(Actor{exported.caller.account}, [&](Transaction& tx) -> Result<Done> {
        tx.fact(fact::kListExported, store_.clock().today(), exported.organisation,
                {kNoId, exported.caller.account, exported.rows, boost::json::serialize(payload)});
        return Done{};
      });
  (void)noted;  // a failure of the store is thrown, and then no file leaves
}

}  // namespace jishi::identity
