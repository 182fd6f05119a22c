#include "modules/workflow/forms/known_fields.hpp"

#include <toml++/toml.h>

#include "base/json_text.hpp"
#include "base/text.hpp"

namespace jishi::workflow {

namespace {

Error invalid(std::string_view why) {
  return fail(ErrorKind::invalid, "workflow.known_fields_invalid", {{"why", std::string(why)}});
}

// What may stand before a question without changing it: whose it is, and as of when.
constexpr std::string_view kBefore[] = {
    "请填写", "请填",   "填报", "截至目前", "目前",   "现有",    "现",     "当前",   "本党支部",
    "本年度", "上年度", "本年", "今年",     "去年",   "本季度",  "上季度", "本支部", "我支部",
    "本组织", "本单位", "本",   "我",       "贵",     "各",      "全体",   "党支部", "支部",
    "党组织", "the ",   "our ", "your ",    "total ", "current "};
// Whose it is, where the program knows it of all of them.
constexpr std::string_view kOfWhom[] = {"党员", "本人",      "书记",        "副书记",
                                        "支委", "组织委员",  "党支部书记",  "支部书记",
                                        "成员", "member's ", "secretary's "};
// A number that is asked for as a question.
constexpr std::string_view kHowMany[] = {"有多少名", "有多少人", "有多少个", "有几名", "有几人",
                                         "多少名",   "多少人",   "多少个",   "几名",   "几人"};
constexpr std::string_view kNumber = "人数";
constexpr std::string_view kAfter[] = {"情况",           "是多少",         "有多少",        "多少",
                                       " of the branch", " in the branch", " of our branch"};

// What joins several questions into one.
constexpr std::string_view kJoints[] = {"以及", "和", "及", "与", "、",   "，",
                                        ",",    "；", ";",  "/",  " and "};

std::vector<std::string> parts_of(std::string_view title) {
  std::vector<std::string> parts{std::string(title)};
  for (const std::string_view joint : kJoints) {
    std::vector<std::string> finer;
    for (std::string_view part : parts) {
      for (auto at = part.find(joint); at != std::string_view::npos; at = part.find(joint)) {
        finer.emplace_back(part.substr(0, at));
        part.remove_prefix(at + joint.size());
      }
      finer.emplace_back(part);
    }
    parts = std::move(finer);
  }
  return parts;
}

void erase_all(std::string& text, std::string_view what) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what)) {
    text.erase(at, what.size());
  }
}

/// Without what stands in brackets, marks and capitals.
std::string plain(std::string_view said) {
  std::string text = tidy(said);
  constexpr std::pair<std::string_view, std::string_view> kBrackets[] = {{"（", "）"}, {"(", ")"}};
  for (const auto& [open, close] : kBrackets) {
    for (auto from = text.find(open); from != std::string::npos; from = text.find(open)) {
      const auto to = text.find(close, from);
      if (to == std::string::npos) break;
      text.erase(from, to + close.size() - from);
    }
  }
  for (const std::string_view mark : {"：", ":", "？", "?", "。", "、", "*"}) erase_all(text, mark);
  for (char& sign : text) {
    if (sign >= 'A' && sign <= 'Z') sign = static_cast<char>(sign - 'A' + 'a');
  }
  return tidy(text);
}

/// One word before or after taken away; whether there was one.
bool strip_one(std::string& text) {
  for (const std::string_view word : kBefore) {
    if (!text.starts_with(word) || text == word) continue;
    text = tidy(text.substr(word.size()));
    if (text.starts_with("的")) text.erase(0, std::string_view("的").size());
    return true;
  }
  for (const std::string_view word : kHowMany) {
    if (!text.ends_with(word) || text == word) continue;
    text.replace(text.size() - word.size(), word.size(), kNumber);
    return true;
  }
  for (const std::string_view word : kAfter) {
    if (!text.ends_with(word) || text == word) continue;
    text.erase(text.size() - word.size());
    text = tidy(text);
    return true;
  }
  return false;
}

/// The words in which one question may be meant, the fullest first: as it stands, and less what
/// only says whose or when.
std::vector<std::string> meanings(std::string_view title) {
  std::vector<std::string> all{plain(title)};
  std::string text = all.front();
  while (strip_one(text)) all.push_back(text);
  const std::size_t whole = all.size();
  for (std::size_t i = 0; i < whole; ++i) {
    for (const std::string_view whose : kOfWhom) {
      if (!all[i].starts_with(whose)) continue;
      std::string rest = all[i].substr(whose.size());
      if (rest.starts_with("的")) rest.erase(0, std::string_view("的").size());
      all.push_back(std::move(rest));
    }
  }
  return all;
}

}  // namespace

Result<KnownFields> KnownFields::open(const std::filesystem::path& pack) {
  KnownFields known;
  const auto path = pack / "known_fields.toml";
  std::error_code none;
  if (!std::filesystem::exists(path, none)) return known;
  try {
    const toml::table file = toml::parse_file(path.string());
    const auto* entries = file["known"].as_array();
    if (entries == nullptr) return invalid("known");
    for (const toml::node& node : *entries) {
      const toml::table* entry = node.as_table();
      if (entry == nullptr) return invalid("known");
      const auto text = [&](const char* name) { return (*entry)[name].value_or(std::string()); };
      const KnownPlace place{text("zh"), text("en")};
      const auto* words = (*entry)["words"].as_array();
      if (text("id").empty() || place.zh.empty() || place.en.empty() || words == nullptr)
        return invalid(text("id"));
      if (!known.places_.emplace(text("id"), place).second) return invalid(text("id"));
      for (const toml::node& word : *words)
        known.places_.emplace(plain(word.value_or(std::string())), place);
      const auto* who = (*entry)["who"].as_array();
      const auto* what = (*entry)["what"].as_array();
      if (who == nullptr || what == nullptr) continue;
      for (const toml::node& one : *who) {
        for (const toml::node& asked : *what) {
          known.places_.emplace(plain(one.value_or(std::string()) + asked.value_or(std::string())),
                                place);
        }
      }
    }
  } catch (const toml::parse_error& error) {
    return invalid(error.description());
  }
  return known;
}

const KnownPlace* KnownFields::place_of(std::string_view word) const {
  const auto found = places_.find(word);
  return found == places_.end() ? nullptr : &found->second;
}

const KnownPlace* KnownFields::asked_alone(std::string_view title) const {
  for (const std::string& word : meanings(title)) {
    if (const KnownPlace* place = place_of(word)) return place;
  }
  return nullptr;
}

const KnownPlace* KnownFields::asked_by(std::string_view title) const {
  if (const KnownPlace* place = asked_alone(title)) return place;
  const KnownPlace* first = nullptr;
  for (const std::string& part : parts_of(title)) {
    const KnownPlace* place = asked_alone(part);
    if (place == nullptr) return nullptr;
    if (first == nullptr) first = place;
  }
  return first;
}

std::optional<Error> KnownFields::refuse(const boost::json::object& form, Language language) const {
  const auto* properties = form.if_contains("properties");
  if (properties == nullptr || !properties->is_object()) return std::nullopt;
  for (const auto& [name, value] : properties->get_object()) {
    if (!value.is_object()) continue;
    const auto& field = value.get_object();
    const std::string said = text_in(field, "x-known");
    const std::string title = tidy(text_in(field, "title"));
    const std::string english = tidy(text_in(field, "x-title-en"));
    const KnownPlace* place = place_of(said);
    if (place == nullptr) place = asked_by(title);
    if (place == nullptr && said.empty()) continue;
    return fail(ErrorKind::refused, "workflow.field_known",
                {{"path", "variables.asked_fields." + std::string(name)},
                 {"field", title.empty() ? std::string(name) : title},
                 {"field_en", english.empty() ? title : english},
                 {"place", place == nullptr ? said : place->in(language)}});
  }
  return std::nullopt;
}

}  // namespace jishi::workflow
