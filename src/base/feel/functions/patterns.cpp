// `matches`, `replace` and `split`: regular expressions as XPath has them (XPath and XQuery
// Functions 3.1, section 5.6), run by ICU with limits.
#include <unicode/regex.h>

#include "base/feel/evaluate.hpp"
#include "base/feel/library.hpp"

namespace jishi::feel {

namespace {

// ICU counts these in steps of its engine, some thousands to each.
constexpr std::int32_t kMostTime = 300;
constexpr std::int32_t kMostStack = 1 << 20;
constexpr std::size_t kLongestPattern = 4096;

struct Flags {
  std::uint32_t icu = UREGEX_UNIX_LINES;
  bool many_lines = false;
  bool blanks_ignored = false;
  bool literal = false;
};

std::optional<Flags> flags_of(const Value& value) {
  Flags flags;
  if (value.is_null()) return flags;
  for (const char flag : *value.text()) {
    switch (flag) {
      case 's': flags.icu |= UREGEX_DOTALL; break;
      case 'm':
        flags.icu |= UREGEX_MULTILINE;
        flags.many_lines = true;
        break;
      case 'i': flags.icu |= UREGEX_CASE_INSENSITIVE; break;
      case 'x': flags.blanks_ignored = true; break;
      case 'q': flags.literal = true; break;
      default: return std::nullopt;
    }
  }
  return flags;
}

// What a backslash and the sign behind it are in ICU's words; `\i` and `\c` are signs of XML names.
std::string escape_in_icu(std::string_view escape, bool in_class) {
  static constexpr std::string_view kStart = "_:\\p{L}\\p{Nl}";
  static constexpr std::string_view kPart = "-._:\\p{L}\\p{Nl}\\p{M}\\p{Nd}\\u00B7";
  const auto set = [&](std::string_view signs, bool not_in) {
    return (not_in     ? "[^"
            : in_class ? ""
                       : "[") +
           std::string(signs) + (in_class && !not_in ? "" : "]");
  };
  switch (escape[1]) {
    case 'i': return set(kStart, false);
    case 'I': return set(kStart, true);
    case 'c': return set(kPart, false);
    case 'C': return set(kPart, true);
    default: return std::string(escape);
  }
}

/// Rewrites an XPath pattern for ICU.
class Translation {
 public:
  Translation(std::string_view pattern, const Flags& flags) : rest_(pattern), flags_(flags) {}

  std::string result() {
    while (!rest_.empty()) step();
    return std::move(made_);
  }

 private:
  void step() {
    const char sign = rest_.front();
    const bool blank = sign == ' ' || sign == '\t' || sign == '\n' || sign == '\r';
    if (blank && flags_.blanks_ignored && depth_ == 0) {
      rest_.remove_prefix(1);
      return;
    }
    if (sign == '\\' && rest_.size() > 1) return escape();
    if (sign == '[') {
      ++depth_;
      return copy(1);
    }
    if (sign == ']' && depth_ > 0) {
      --depth_;
      return copy(1);
    }
    // A class less another: `[a-z-[aeiou]]`.
    if (depth_ > 0 && rest_.starts_with("-[")) {
      made_ += '-';
      return copy(1);
    }
    if (depth_ > 0 && (sign == '&' || sign == '~')) made_ += '\\';
    if (sign == '$' && depth_ == 0 && !flags_.many_lines) {
      made_ += "\\z";
      rest_.remove_prefix(1);
      return;
    }
    copy(1);
  }

  void escape() {
    // `\p{IsGreek}` is a block.
    if ((rest_[1] == 'p' || rest_[1] == 'P') && rest_.substr(2).starts_with("{Is")) {
      made_ += rest_.substr(0, 2);
      made_ += "{block=";
      rest_.remove_prefix(5);
      return;
    }
    made_ += escape_in_icu(rest_.substr(0, 2), depth_ > 0);
    rest_.remove_prefix(2);
  }

  void copy(std::size_t count) {
    made_ += rest_.substr(0, count);
    rest_.remove_prefix(count);
  }

  std::string_view rest_;
  const Flags& flags_;
  std::string made_;
  int depth_ = 0;  // of classes
};

std::string utf8(const icu::UnicodeString& text) {
  std::string result;
  text.toUTF8String(result);
  return result;
}

/// A pattern and the text it is held against.
struct Search {
  icu::UnicodeString text;
  std::unique_ptr<icu::RegexMatcher> matcher;
};

// Null when the pattern or the flags are none.
std::unique_ptr<Search> search_of(const std::string& text, const std::string& pattern,
                                  const Value& flag_text) {
  const auto flags = flags_of(flag_text);
  if (!flags || pattern.size() > kLongestPattern) return nullptr;
  auto search = std::make_unique<Search>();
  search->text = icu::UnicodeString::fromUTF8(text);
  const std::string translated = flags->literal ? pattern : Translation(pattern, *flags).result();
  std::uint32_t icu_flags = flags->icu;
  if (flags->literal) icu_flags |= UREGEX_LITERAL;
  UErrorCode status = U_ZERO_ERROR;
  search->matcher = std::make_unique<icu::RegexMatcher>(icu::UnicodeString::fromUTF8(translated),
                                                        search->text, icu_flags, status);
  search->matcher->setTimeLimit(kMostTime, status);
  search->matcher->setStackLimit(kMostStack, status);
  return U_SUCCESS(status) != 0 ? std::move(search) : nullptr;
}

Value no_pattern(const Invocation& call, std::size_t index) {
  return call.fail("feel.pattern", {{"pattern", call.text(index)}});
}

Value matches_pattern(const Invocation& call) {
  const auto search = search_of(call.text(0), call.text(1), call[2]);
  if (search == nullptr) return no_pattern(call, 1);
  UErrorCode status = U_ZERO_ERROR;
  const bool found = search->matcher->find(status) != 0;
  if (U_FAILURE(status) != 0) return no_pattern(call, 1);
  return found;
}

Value replace(const Invocation& call) {
  const auto search = search_of(call.text(0), call.text(1), call[3]);
  if (search == nullptr) return no_pattern(call, 1);
  UErrorCode status = U_ZERO_ERROR;
  const auto replacement = icu::UnicodeString::fromUTF8(call.text(2));
  icu::UnicodeString replaced;
  while (search->matcher->find(status) != 0 && U_SUCCESS(status) != 0) {
    search->matcher->appendReplacement(replaced, replacement, status);
    // A text of the largest size would be refused in any case.
    if (!call.spend(1) || replaced.length() > call.evaluator().limits().text_bytes) break;
  }
  search->matcher->appendTail(replaced);
  if (U_FAILURE(status) != 0) return no_pattern(call, 1);
  return utf8(replaced);
}

Value split(const Invocation& call) {
  const auto search = search_of(call.text(0), call.text(1), {});
  if (search == nullptr) return no_pattern(call, 1);
  std::vector<Value> pieces;
  std::int32_t from = 0;
  UErrorCode status = U_ZERO_ERROR;
  while (search->matcher->find(status) != 0 && U_SUCCESS(status) != 0) {
    if (!call.spend(1)) return {};
    const std::int32_t begin = search->matcher->start(status);
    const std::int32_t end = search->matcher->end(status);
    if (begin == end) return no_pattern(call, 1);  // would cut between any two signs
    pieces.emplace_back(utf8(search->text.tempSubStringBetween(from, begin)));
    from = end;
  }
  if (U_FAILURE(status) != 0) return no_pattern(call, 1);
  pieces.emplace_back(utf8(search->text.tempSubString(from)));
  return Value::list(std::move(pieces));
}

}  // namespace

void add_pattern_functions(Library& library) {
  library.add("matches(input: string, pattern: string, flags: string?~)", matches_pattern);
  library.add("replace(input: string, pattern: string, replacement: string, flags: string?~)",
              replace);
  library.add("split(string: string, delimiter: string)", split);
}

}  // namespace jishi::feel
