// The JSON of bodies and queries, into structs and back: what is read and written is the same, by
// either of the two writers.

#include <cmath>
#include <cstdlib>

#include "api/json_text.hpp"
#include "api/query.hpp"

namespace {

using namespace jishi;

enum class Shape { round, square };
BOOST_DESCRIBE_ENUM(Shape, round, square)

struct Part {
  std::string name;
  std::optional<int> count;
};
BOOST_DESCRIBE_STRUCT(Part, (), (name, count))

struct Whole {
  std::optional<std::int64_t> id;
  std::optional<Date> on;
  std::optional<Period> period;
  std::optional<bool> kept;
  std::optional<double> part;
  std::optional<Shape> shape;
  std::vector<Part> into;
  std::vector<std::string> tags;
};
BOOST_DESCRIBE_STRUCT(Whole, (), (id, on, period, kept, part, shape, into, tags))

struct Query {
  std::optional<std::string> q;
  std::optional<int> limit;
  bool whole = false;
  std::optional<Shape> shape;
  std::optional<double> part;
  std::vector<Date> on;
};
BOOST_DESCRIBE_STRUCT(Query, (), (q, limit, whole, shape, part, on))

void must(bool holds) {
  if (!holds) std::abort();
}

// Boost reads a fraction of many digits to within its last bit.
bool same(const boost::json::value& one, const boost::json::value& other) {
  if (one.is_double() && other.is_double()) {
    const double left = one.as_double();
    const double right = other.as_double();
    return left == right || std::abs(left - right) <= 1e-14 * std::abs(left);
  }
  if (one.is_object() && other.is_object()) {
    const auto& members = other.as_object();
    return one.as_object().size() == members.size() &&
           std::all_of(one.as_object().begin(), one.as_object().end(), [&](const auto& member) {
             const auto* twin = members.if_contains(member.key());
             return twin != nullptr && same(member.value(), *twin);
           });
  }
  if (one.is_array() && other.is_array()) {
    return std::equal(one.as_array().begin(), one.as_array().end(), other.as_array().begin(),
                      other.as_array().end(), same);
  }
  return one == other;
}

template <class T>
void check_struct(const boost::json::value& value) {
  const auto read = from_json<T>(value);
  if (!read) {
    must(!read.error().code.empty() && read.error().arguments.back().first == "path");
    return;
  }
  const std::string text = api::json_text(*read);
  const auto parsed = parse_json(text);
  must(parsed.has_value());
  must(same(*parsed, *parse_json(boost::json::serialize(to_json(*read)))));
  const auto again = from_json<T>(*parsed);
  must(again && same(to_json(*again), to_json(*read)));
}

void check_text(std::string_view text) {
  const auto parsed = parse_json(text);
  if (!parsed) return;
  must(is_utf8(text));
  const std::string written = boost::json::serialize(*parsed);
  const auto again = parse_json(written);
  must(again && same(*again, *parsed));
  check_struct<Whole>(*parsed);
  check_struct<std::vector<Part>>(*parsed);
}

// A line is a name, the next its value.
void check_query(std::string_view text) {
  http::Fields fields;
  while (!text.empty() && fields.size() < 64) {
    const auto name = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(name.size() + 1, text.size()));
    const auto value = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(value.size() + 1, text.size()));
    fields.emplace_back(name, value);
  }
  const auto query = api::from_query<Query>(fields);
  if (query) check_struct<Query>(to_json(*query));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_text(bytes);
  if (is_utf8(bytes)) check_query(bytes);
  return 0;
}
