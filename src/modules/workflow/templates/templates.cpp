#include "modules/workflow/templates/templates.hpp"

#include "base/clock.hpp"
#include "platform/files/whole_file.hpp"

namespace jishi::workflow {

namespace {

constexpr std::string_view kKeyword = "x-template";
constexpr std::size_t kMostBytes = 64 * 1024;  // of a file
// One expression of a text is small work.
constexpr feel::Limits kWork{200'000, 100'000, 1 << 18, 32, 300};

/// Where the expression that begins at `from` ends: its brace; npos: nowhere. Texts in quotes may
/// hold braces.
std::size_t end_of(std::string_view text, std::size_t from) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t at = from; at < text.size(); ++at) {
    const char sign = text[at];
    if (quoted) {
      if (sign == '\\') ++at;
      if (sign == '"') quoted = false;
    } else if (sign == '"') {
      quoted = true;
    } else if (sign == '{') {
      ++depth;
    } else if (sign == '}' && depth-- == 0) {
      return at;
    }
  }
  return std::string_view::npos;
}

/// The first signs of a text, as many as a field takes.
std::string cut(std::string text, std::size_t most) {
  std::size_t signs = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
    if (begins && signs++ == most) return text.substr(0, at);
  }
  return text;
}

Error invalid(const std::string& file, std::string what) {
  return fail(ErrorKind::invalid, "workflow.template_invalid",
              {{"file", file}, {"what", std::move(what)}});
}

/// What of a text does not read.
std::string what_of(const Error& error) {
  std::string what = error.code;
  for (const auto& [name, value] : error.arguments) what += fmt::format(" {}={}", name, value);
  return what;
}

}  // namespace

Result<Template::Line> Template::read_line(std::string_view text) {
  Line line;
  feel::Known known;
  known.refuses_unknown_functions = true;
  std::size_t from = 0;
  for (std::size_t open = text.find('{'); open != text.npos; open = text.find('{', from)) {
    const std::size_t end = end_of(text, open + 1);
    if (end == text.npos) return invalid("", std::string(text.substr(open)));
    auto expression = feel::Expression::read(text.substr(open + 1, end - open - 1), known);
    if (!expression) return expression.error();
    line.push_back({std::string(text.substr(from, open - from)), std::move(*expression)});
    from = end + 1;
  }
  line.push_back({std::string(text.substr(from)), std::nullopt});
  return line;
}

Result<Template> Template::read(std::string_view text) {
  Template made;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    auto line = read_line(text.substr(0, end));
    if (!line) return line.error();
    made.lines_.push_back(std::move(*line));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return made;
}

std::string Template::filled(const feel::Value& known, Date today) const {
  const FixedClock clock(today);
  std::string text;
  for (const Line& line : lines_) {
    std::string made;
    bool whole = true;
    for (const Piece& piece : line) {
      made += piece.text;
      if (!piece.expression) continue;
      const auto said = feel::text_of(piece.expression->evaluate(known, clock, kWork).value);
      whole = whole && said.has_value();
      made += said.value_or("");
    }
    if (whole) text += made + "\n";
  }
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

Result<Templates> Templates::open(const std::filesystem::path& pack) {
  Templates made;
  const auto folder = pack / "templates";
  std::error_code none;
  for (std::filesystem::recursive_directory_iterator at(folder, none), end; at != end;
       at.increment(none)) {
    if (none || at->path().extension() != ".txt") continue;
    const std::string file = at->path().lexically_relative(folder).generic_string();
    const auto content = files::read_whole(at->path(), kMostBytes);
    if (!content) return invalid(file, content.error().code);
    auto read = Template::read(*content);
    if (!read) return invalid(file, what_of(read.error()));
    made.templates_.emplace(file.substr(0, file.size() - 4), std::move(*read));
  }
  return made;
}

const Template* Templates::find(std::string_view name) const {
  const auto found = templates_.find(name);
  return found == templates_.end() ? nullptr : &found->second;
}

bool has_templates(const boost::json::object& form) {
  const auto* properties = form.if_contains("properties");
  if (properties == nullptr || !properties->is_object()) return false;
  const auto& fields = properties->get_object();
  return std::any_of(fields.begin(), fields.end(), [](const auto& field) {
    return field.value().is_object() && field.value().get_object().contains(kKeyword);
  });
}

boost::json::object Templates::with_texts(boost::json::object form, const feel::Value& known,
                                          Date today) const {
  if (!has_templates(form)) return form;
  for (auto& [name, value] : form["properties"].as_object()) {
    auto* field = value.if_object();
    const auto* said = field == nullptr ? nullptr : field->if_contains(kKeyword);
    if (said == nullptr || !said->is_string()) continue;
    const auto named = Template::read(std::string_view(said->get_string()));
    const Template* text = named ? find(named->filled(known, today)) : nullptr;
    if (text == nullptr) continue;
    const auto* most = field->if_contains("maxLength");
    const std::size_t room = most != nullptr && most->is_int64()
                                 ? static_cast<std::size_t>(most->get_int64())
                                 : std::string::npos;
    std::string filled = cut(text->filled(known, today), room);
    if (!filled.empty()) (*field)["default"] = std::move(filled);
  }
  return form;
}

}  // namespace jishi::workflow
