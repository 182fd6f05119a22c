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

// ICU has more than XPath: `\b`, `\x41`, `(?=…)`, `a++`. Where a sign of these stands, XPath has an
// error (FORX0002). Groups are not referred to within a class.
bool is_foreign(std::string_view rest, bool in_class, bool quantified) {
  static constexpr std::string_view kKnown = "nrtsSiIcCdDwWpP";
  if (!in_class && rest.starts_with("(?")) return !rest.starts_with("(?:");
  if (!in_class && quantified && rest.front() == '+') return true;
  if (rest.front() != '\\' || rest.size() < 2) return false;
  const char sign = rest[1];
  const bool letter = (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
  const bool digit = sign >= '0' && sign <= '9';
  return digit ? in_class || sign == '0' : letter && kKnown.find(sign) == std::string_view::npos;
}

// A pattern without the blanks that the flag `x` passes over: all but those within classes.
std::string without_blanks(std::string_view pattern) {
  std::string kept;
  int depth = 0;
  bool escaped = false;
  for (const char sign : pattern) {
    const bool blank = sign == ' ' || sign == '\t' || sign == '\n' || sign == '\r';
    if (blank && depth == 0) continue;
    if (!escaped && sign == '[') ++depth;
    if (!escaped && sign == ']' && depth > 0) --depth;
    escaped = !escaped && sign == '\\';
    kept += sign;
  }
  return kept;
}

/// Rewrites an XPath pattern for ICU.
class Translation {
 public:
  Translation(std::string_view pattern, const Flags& flags) : rest_(pattern), flags_(flags) {}

  /// Nothing where the pattern has what XPath has not.
  std::optional<std::string> result() {
    while (!rest_.empty()) {
      if (is_foreign(rest_, depth_ > 0, quantified_)) return std::nullopt;
      quantified_ = depth_ == 0 && std::string_view("*+?}").find(rest_.front()) < 4;
      step();
    }
    return std::move(made_);
  }

 private:
  void step() {
    const char sign = rest_.front();
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
    // Any sign but those that end lines, of which ICU's mode of lines knows one only.
    if (sign == '.' && depth_ == 0 && (flags_.icu & UREGEX_DOTALL) == 0) {
      made_ += "[^\\n\\r]";
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
      return copy_name();
    }
    const bool property = (rest_[1] == 'p' || rest_[1] == 'P') && rest_.substr(2).starts_with('{');
    made_ += escape_in_icu(rest_.substr(0, 2), depth_ > 0);
    rest_.remove_prefix(2);
    if (property) copy_name();
  }

  // Of a property, to its closing brace: that one counts nothing.
  void copy_name() { copy(std::min(rest_.find('}'), rest_.size() - 1) + 1); }

  void copy(std::size_t count) {
    made_ += rest_.substr(0, count);
    rest_.remove_prefix(count);
  }

  std::string_view rest_;
  const Flags& flags_;
  std::string made_;
  int depth_ = 0;            // of classes
  bool quantified_ = false;  // by the sign before
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
  const std::string plain = flags->blanks_ignored ? without_blanks(pattern) : pattern;
  const auto translated = flags->literal ? pattern : Translation(plain, *flags).result();
  if (!translated) return nullptr;
  std::uint32_t icu_flags = flags->icu;
  if (flags->literal) icu_flags |= UREGEX_LITERAL;
  UErrorCode status = U_ZERO_ERROR;
  search->matcher = std::make_unique<icu::RegexMatcher>(icu::UnicodeString::fromUTF8(*translated),
                                                        search->text, icu_flags, status);
  search->matcher->setTimeLimit(kMostTime, status);
  search->matcher->setStackLimit(kMostStack, status);
  return U_SUCCESS(status) != 0 ? std::move(search) : nullptr;
}

/// Puts together what stands in the place of a match (XPath and XQuery Functions 3.1, 5.6.4).
class Replacement {
 public:
  /// Nothing where XPath has an error (FORX0004): a `$` without a number, a `\` before anything but
  /// `\` and `$`. `groups`: how many the pattern has.
  static std::optional<Replacement> of(std::string_view text, bool literal, std::int32_t groups) {
    Replacement made;
    if (literal) {
      made.add(text);
      return made;
    }
    while (!text.empty()) {
      const auto plain = std::min(text.find_first_of("\\$"), text.size());
      made.add(text.substr(0, plain));
      text.remove_prefix(plain);
      if (text.empty()) break;
      const char next = text.size() > 1 ? text[1] : '\0';
      const bool escape = text.front() == '\\';
      if (escape ? next != '\\' && next != '$' : next < '0' || next > '9') return std::nullopt;
      text.remove_prefix(1);
      if (escape) {
        made.add(text.substr(0, 1));
        text.remove_prefix(1);
      } else {
        text.remove_prefix(made.add_group(text, groups));
      }
    }
    return made;
  }

  void append_to(icu::UnicodeString& result, const icu::RegexMatcher& matcher,
                 UErrorCode& status) const {
    for (const Piece& piece : pieces_) {
      result += piece.group < 0 ? piece.text : matcher.group(piece.group, status);
    }
  }

 private:
  struct Piece {
    icu::UnicodeString text;
    std::int32_t group = -1;
  };

  void add(std::string_view text) {
    if (!text.empty()) pieces_.push_back({icu::UnicodeString::fromUTF8(std::string(text)), -1});
  }

  // The most digits that number a group; one digit alone without a group stands for nothing. How
  // many digits that were.
  std::size_t add_group(std::string_view digits, std::int32_t groups) {
    std::int32_t group = digits.front() - '0';
    std::size_t used = 1;
    while (used < digits.size() && digits[used] >= '0' && digits[used] <= '9') {
      const std::int32_t longer = group * 10 + (digits[used] - '0');
      if (longer > groups) break;
      group = longer;
      ++used;
    }
    if (group <= groups) pieces_.push_back({{}, group});
    return used;
  }

  std::vector<Piece> pieces_;
};

// A pattern that matches the empty text would match between any two signs: XPath has an error for
// it (FORX0003) where matches are replaced or cut at.
bool matches_nothing(Search& search, UErrorCode& status) {
  const icu::UnicodeString empty;
  search.matcher->reset(empty);
  const bool found = search.matcher->find(status) != 0;
  search.matcher->reset(search.text);
  return found;
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
  if (matches_nothing(*search, status)) return no_pattern(call, 1);
  const bool literal = flags_of(call[3])->literal;
  const auto replacement = Replacement::of(call.text(2), literal, search->matcher->groupCount());
  if (!replacement) return call.fail("feel.replacement", {{"text", call.text(2)}});
  icu::UnicodeString replaced;
  std::int32_t from = 0;
  while (search->matcher->find(status) != 0 && U_SUCCESS(status) != 0) {
    replaced += search->text.tempSubStringBetween(from, search->matcher->start(status));
    replacement->append_to(replaced, *search->matcher, status);
    from = search->matcher->end(status);
    // A text of the largest size would be refused in any case.
    if (!call.spend(1) || replaced.length() > call.evaluator().limits().text_bytes) break;
  }
  replaced += search->text.tempSubString(from);
  if (U_FAILURE(status) != 0) return no_pattern(call, 1);
  return utf8(replaced);
}

Value split(const Invocation& call) {
  const auto search = search_of(call.text(0), call.text(1), {});
  if (search == nullptr) return no_pattern(call, 1);
  std::vector<Value> pieces;
  std::int32_t from = 0;
  UErrorCode status = U_ZERO_ERROR;
  if (matches_nothing(*search, status)) return no_pattern(call, 1);
  while (search->matcher->find(status) != 0 && U_SUCCESS(status) != 0) {
    if (!call.spend(1)) return {};
    const std::int32_t begin = search->matcher->start(status);
    const std::int32_t end = search->matcher->end(status);
    if (begin == end) return no_pattern(call, 1);  // by what is around it: `\b`
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
