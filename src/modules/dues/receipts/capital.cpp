#include "modules/dues/receipts/receipts.hpp"

namespace jishi::dues {

namespace {

constexpr std::string_view kDigits[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
constexpr std::string_view kPlaces[] = {"", "拾", "佰", "仟"};
constexpr std::string_view kGroups[] = {"", "万", "亿", "万亿"};
constexpr int kPlacesOfGroup = 4;

std::string whole(std::int64_t yuan) {
  std::string text;
  const std::string figures = std::to_string(yuan);
  const int count = static_cast<int>(figures.size());
  bool zero = false;      // zeros that were passed over
  bool in_group = false;  // the group of four has a figure
  for (int at = 0; at < count; ++at) {
    const int place = count - 1 - at;
    const auto digit = static_cast<std::size_t>(figures[static_cast<std::size_t>(at)] - '0');
    if (digit == 0) {
      zero = true;
    } else {
      if (zero && !text.empty()) text += kDigits[0];
      zero = false;
      text += kDigits[digit];
      text += kPlaces[place % kPlacesOfGroup];
      in_group = true;
    }
    if (place % kPlacesOfGroup == 0) {
      if (in_group) text += kGroups[place / kPlacesOfGroup];
      in_group = false;
    }
  }
  return text;
}

}  // namespace

std::string capital_of_cents(std::int64_t cents) {
  constexpr std::int64_t kCentsAYuan = 100;
  constexpr std::int64_t kCentsAJiao = 10;
  const std::int64_t yuan = cents / kCentsAYuan;
  const auto jiao = static_cast<std::size_t>(cents % kCentsAYuan / kCentsAJiao);
  const auto fen = static_cast<std::size_t>(cents % kCentsAJiao);
  std::string text;
  if (yuan > 0) text = whole(yuan) + "元";
  if (cents == 0) text = "零元";
  if (jiao > 0) {
    text += kDigits[jiao];
    text += "角";
  } else if (fen > 0 && yuan > 0) {
    text += kDigits[0];
  }
  if (fen == 0) return text + "整";
  text += kDigits[fen];
  return text + "分";
}

}  // namespace jishi::dues
