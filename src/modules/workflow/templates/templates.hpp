#pragma once
// Texts of the pack that a field is filled with at first (`x-template`): what the case knows stands
// in their places.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "base/date.hpp"
#include "base/feel/feel.hpp"
#include "base/result.hpp"

namespace jishi::workflow {

/// A text with FEEL expressions in braces. A line of which an expression gives nothing is left
/// out; so is all of it where it has no line then.
class Template {
 public:
  /// Errors: those of feel::Expression::read; workflow.template_invalid for a brace that is not
  /// closed.
  static Result<Template> read(std::string_view text);

  /// Filled with what a case knows; pure.
  std::string filled(const feel::Value& known, Date today) const;

 private:
  struct Piece {
    std::string text;  // before the expression
    std::optional<feel::Expression> expression;
  };
  using Line = std::vector<Piece>;

  static Result<Line> read_line(std::string_view text);

  std::vector<Line> lines_;
};

/// The texts of a pack: files `templates/<name>.txt`, also in folders (`minutes/lecture`).
/// Immutable, used from any thread.
class Templates {
 public:
  /// A pack without any has none. Error: workflow.template_invalid, with the file and what is
  /// wrong.
  static Result<Templates> open(const std::filesystem::path& pack);

  /// Null: there is none of this name.
  const Template* find(std::string_view name) const;

  /// A form whose fields with `x-template` have as `default` what their texts become; the name of a
  /// text may have places too (`minutes/{kind}`). Texts longer than the field takes are cut.
  boost::json::object with_texts(boost::json::object form, const feel::Value& known,
                                 Date today) const;

 private:
  std::map<std::string, Template, std::less<>> templates_;
};

/// Whether a form has a field that is filled from a text.
bool has_templates(const boost::json::object& form);

}  // namespace jishi::workflow
