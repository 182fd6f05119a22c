#include "api/paging.hpp"

namespace jishi::api {

Result<int> page_limit(const std::optional<int>& wanted, int most) {
  const int limit = wanted.value_or(kPage);
  if (limit >= 1 && limit <= most) return limit;
  return fail(ErrorKind::invalid, "api.limit_out_of_range",
              {{"path", "limit"}, {"most", std::to_string(most)}});
}

std::string page_next(const std::vector<std::int64_t>& key) {
  std::string next;
  for (const std::int64_t number : key) {
    if (!next.empty()) next += '.';
    next += std::to_string(number);
  }
  return next;
}

}  // namespace jishi::api
