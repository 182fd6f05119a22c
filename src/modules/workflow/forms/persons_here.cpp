#include "modules/workflow/forms/persons_here.hpp"

#include "base/integer.hpp"
#include "modules/registry/registry.hpp"
#include "modules/workflow/cases/said_refusal.hpp"
#include "modules/workflow/forms/forms.hpp"
#include "modules/workflow/forms/persons_here.sql.hpp"

namespace jishi::workflow {

namespace {

using boost::json::object;

const object* object_in(const object& holder, std::string_view name) {
  const auto* found = holder.if_contains(name);
  return found == nullptr ? nullptr : found->if_object();
}

class Persons {
 public:
  Persons(Transaction& tx, Id organisation) : tx_(tx), organisation_(organisation) {}

  /// The fields of a form, or of a row of one at `path`.
  std::optional<Error> refuse(const object& form, const feel::Value& given,
                              const std::string& path) {
    const object* properties = object_in(form, "properties");
    if (properties == nullptr || given.entries() == nullptr) return std::nullopt;
    for (const auto& [name, value] : *given.entries()) {
      const object* schema = object_in(*properties, name);
      if (schema == nullptr) continue;
      const std::string at = path + name;
      if (schema->contains("x-here")) {
        const Titles titles{title_of_field(form, name), title_of_field(form, name, Language::en)};
        if (auto error = refuse_named(titles, value, at)) return error;
      } else if (const object* rows = object_in(*schema, "items"); rows && value.items()) {
        if (auto error = refuse_rows(*rows, *value.items(), at)) return error;
      }
    }
    return std::nullopt;
  }

 private:
  /// What the field is called, in both languages.
  struct Titles {
    std::string zh;
    std::string en;
  };

  std::optional<Error> refuse_rows(const object& form, const std::vector<feel::Value>& rows,
                                   const std::string& path) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (auto error = refuse(form, rows[row], fmt::format("{}[{}].", path, row))) return error;
    }
    return std::nullopt;
  }

  std::optional<Error> refuse_named(const Titles& titles, const feel::Value& value,
                                    const std::string& path) {
    if (value.items() == nullptr) return refuse_one(titles, value, path);
    for (const feel::Value& one : *value.items()) {
      if (auto error = refuse_one(titles, one, path)) return error;
    }
    return std::nullopt;
  }

  std::optional<Error> refuse_one(const Titles& titles, const feel::Value& one,
                                  const std::string& path) {
    const std::string text = feel::text_of(one).value_or("");
    if (text.empty()) return std::nullopt;
    const Id person = registry::person_now(tx_, parse_id(text));
    if (tx_.one<int>(sql::persons_here::is_member, person, organisation_)) return std::nullopt;
    const bool seen = tx_.reach() == nullptr || tx_.reach()->person(tx_, person);
    return fail(ErrorKind::refused, "workflow.person_not_here",
                {{"path", path},
                 {"field", titles.zh},
                 {"field_en", titles.en},
                 {"person", seen ? name_or_id(tx_, text) : text}});
  }

  Transaction& tx_;
  Id organisation_;
};

}  // namespace

std::optional<Error> refuse_persons(Transaction& tx, Id organisation, const object& form,
                                    const feel::Value& given) {
  return Persons(tx, organisation).refuse(form, given, "variables.");
}

}  // namespace jishi::workflow
