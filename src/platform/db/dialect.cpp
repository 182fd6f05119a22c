#include "platform/db/dialect.hpp"

namespace jishi::db {

namespace {

bool in_word(char sign) {
  return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') ||
         (sign >= '0' && sign <= '9') || sign == '_';
}

/// Walks SQL word by word; what stands in quotes and comments is passed over as it is.
class Words {
 public:
  explicit Words(std::string_view sql) : rest_(sql) {}

  /// The next piece; empty at the end.
  std::string_view next() {
    if (rest_.empty()) return {};
    const std::size_t length = length_of_next();
    const std::string_view piece = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return piece;
  }

  /// Whether what follows begins with a word (after blanks); takes it when it does.
  bool take(std::string_view word) {
    const auto at = rest_.find_first_not_of(" \n");
    if (at == rest_.npos || !rest_.substr(at).starts_with(word)) return false;
    rest_.remove_prefix(at + word.size());
    return true;
  }

 private:
  std::size_t length_of_next() const {
    const auto until = [&](std::string_view end, std::size_t from) {
      const auto at = rest_.find(end, from);
      return at == rest_.npos ? rest_.size() : at + end.size();
    };
    const char first = rest_.front();
    if (rest_.starts_with("--")) return until("\n", 0);
    if (first == '\'' || first == '"') return until(rest_.substr(0, 1), 1);
    std::size_t length = 1;
    if (in_word(first)) {
      while (length < rest_.size() && in_word(rest_[length])) ++length;
    }
    return length;
  }

  std::string_view rest_;
};

std::string quoted(std::string_view text, char quote) {
  std::string result(1, quote);
  for (const char sign : text) result.append(sign == quote ? 2 : 1, sign);
  result += quote;
  return result;
}

}  // namespace

std::string migration_for_sqlite(std::string_view sql) {
  static constexpr std::string_view kCommon = "bigint primary key";
  std::string text(sql);
  for (auto at = text.find(kCommon); at != text.npos; at = text.find(kCommon, at)) {
    text.replace(at, kCommon.size(), "integer primary key");
  }
  return text;
}

std::string migration_for_postgres(std::string_view sql) {
  std::string text;
  Words words(sql);
  std::string_view before;  // the last piece that is neither blank nor comment
  bool in_table = false;    // columns are declared in `create table` and `add column` only
  for (std::string_view piece = words.next(); !piece.empty(); piece = words.next()) {
    if (piece == "without" && words.take("rowid")) continue;
    if (piece == "table") in_table = true;
    if (piece == ";") in_table = false;
    const bool after_name =
        !before.empty() && in_word(before.back()) && before != "as" && before != "column";
    if (in_table && after_name && piece == "integer") {
      text += "bigint";
    } else if (in_table && after_name && piece == "blob") {
      text += "bytea";
    } else if (in_table && after_name && piece == "text") {
      text += "text collate \"C\"";
    } else {
      text += piece;
    }
    if (piece != " " && piece != "\n" && !piece.starts_with("--")) before = piece;
  }
  return text;
}

std::string statement_for_postgres(std::string_view sql) {
  static constexpr std::string_view kList = "json_each(";
  std::string text;
  while (true) {
    const auto at = sql.find(kList);
    if (at == sql.npos) return text.append(sql);
    const auto end = sql.find(')', at);
    const auto list = sql.substr(at + kList.size(), end - at - kList.size());
    text.append(sql.substr(0, at));
    // By its full name: a column of the statement around it may be called the same.
    text.append("(select cast(listed.each as bigint) as value from json_array_elements_text(cast(");
    text.append(list);
    text.append(" as json)) as listed(each)) as list");
    sql.remove_prefix(end + 1);
  }
}

std::string quoted_name(std::string_view name) {
  return quoted(name, '"');
}

std::string quoted_text(std::string_view text) {
  return quoted(text, '\'');
}

}  // namespace jishi::db
