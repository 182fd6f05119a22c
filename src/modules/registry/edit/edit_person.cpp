#include "modules/registry/edit/edit_person.hpp"

#include "base/text.hpp"
#include "modules/registry/fields/fields.hpp"

namespace jishi::registry {

namespace {

constexpr std::size_t kMostName = 50;
constexpr std::size_t kMostAddress = 200;
constexpr std::size_t kLeastPhone = 7;
constexpr std::size_t kMostPhone = 20;

/// What is wrong with a value; empty where the field may hold it.
std::string_view wrong_with(const Codes& codes, std::string_view field, std::string_view value) {
  const std::size_t length = count_code_points(value);
  if (field == "name") return length > 0 && length <= kMostName ? "" : "registry.edit_name";
  if (value.empty()) return "";
  if (field == "phone") return is_phone(value) ? "" : "registry.edit_phone";
  if (field == "address") return length <= kMostAddress ? "" : "registry.edit_address";
  return is_code_of(codes.set(field), value) ? "" : "registry.edit_code";
}

std::vector<FieldValue> given(const PersonEdit& edit) {
  std::vector<FieldValue> values;
  boost::mp11::mp_for_each<
      boost::describe::describe_members<PersonEdit, boost::describe::mod_public>>([&](auto member) {
    if (const auto& value = edit.*member.pointer) values.push_back({member.name, tidy(*value)});
  });
  return values;
}

}  // namespace

bool is_phone(std::string_view phone) {
  return phone.size() >= kLeastPhone && phone.size() <= kMostPhone &&
         phone.find_first_not_of("0123456789-+") == phone.npos;
}

bool is_code_of(const CodeSet& set, std::string_view value) {
  return std::any_of(set.entries().begin(), set.entries().end(),
                     [&](const CodeEntry& entry) { return entry.code == value; });
}

Result<Done> edit_person(Transaction& tx, const Codes& codes, Id person, const PersonEdit& edit) {
  const auto values = given(edit);
  if (values.empty()) return fail(ErrorKind::invalid, "registry.edit_empty");
  for (const FieldValue& value : values) {
    const auto wrong = wrong_with(codes, value.field, value.value);
    if (!wrong.empty())
      return fail(ErrorKind::invalid, std::string(wrong),
                  {{"path", value.field}, {"value", value.value}});
  }
  for (const FieldValue& value : values) {
    if (const auto done = decide_field(tx, "person", person, value); !done) return done.error();
  }
  return Done{};
}

}  // namespace jishi::registry
