#pragma once
#include <string_view>

namespace jishi {

/// The two languages in which Jishi speaks.
enum class Language { zh, en };

/// `zh` for a locale such as `zh_CN.UTF-8` or `zh`, else `en`; nothing set counts as Chinese.
Language language_of(std::string_view locale);

}  // namespace jishi
