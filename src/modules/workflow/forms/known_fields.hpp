#pragma once
// What is on record already, by the words in which forms ask for it: nobody is asked for it again.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "base/language.hpp"
#include "base/result.hpp"

namespace jishi::workflow {

/// Where something stands, in both languages.
struct KnownPlace {
  std::string zh;
  std::string en;
  const std::string& in(Language language) const { return language == Language::zh ? zh : en; }
};

/// Reads known_fields.toml of a pack.
class KnownFields {
 public:
  /// A pack without it knows nothing. Errors: workflow.known_fields_invalid, with the reason.
  static Result<KnownFields> open(const std::filesystem::path& pack);

  /// Why a form asks for what is known; nothing where it does not. Its fields say by `x-known`
  /// that they are known, or are called as what is. Error: workflow.field_known.
  std::optional<Error> refuse(const boost::json::object& form, Language language) const;

  /// Where that stands which a field of this title asks for; null: it is not on record. Brackets,
  /// units and words that only say whose or when (本支部, 目前, our …) make no difference. One that
  /// asks for several things at once (姓名和电话) asks for what is known where each of them is.
  const KnownPlace* asked_by(std::string_view title) const;

 private:
  const KnownPlace* asked_alone(std::string_view title) const;
  const KnownPlace* place_of(std::string_view word) const;

  std::map<std::string, KnownPlace, std::less<>> places_;  // by id and by word
};

}  // namespace jishi::workflow
