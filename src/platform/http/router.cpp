#include "platform/http/router.hpp"

#include <stdexcept>

namespace jishi::http {

namespace {

std::vector<std::string_view> split(std::string_view pattern) {
  std::vector<std::string_view> segments;
  while (pattern.starts_with('/')) {
    pattern.remove_prefix(1);
    const auto slash = pattern.find('/');
    if (!pattern.empty()) segments.push_back(pattern.substr(0, slash));
    pattern.remove_prefix(slash == pattern.npos ? pattern.size() : slash);
  }
  return segments;
}

bool is_name(std::string_view segment) {
  return segment.starts_with('{') && segment.ends_with('}');
}

}  // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)), nodes_(1) {
  for (std::size_t number = 0; number < routes_.size(); ++number) {
    std::size_t node = 0;
    std::vector<std::string> names;
    for (const auto segment : split(routes_[number].pattern)) {
      node = node_for(node, segment);
      if (is_name(segment)) names.emplace_back(segment.substr(1, segment.size() - 2));
    }
    if (!nodes_[node].routes.emplace(routes_[number].method, number).second)
      throw std::logic_error("two routes of " + routes_[number].pattern);
    nodes_[node].names[routes_[number].method] = std::move(names);
  }
  for (Node& node : nodes_) node.allowed = methods_of(node);
}

std::string Router::methods_of(const Node& node) {
  if (node.routes.empty()) return "";
  std::string methods;
  for (const auto& [method, route] : node.routes) {
    methods.append(name_of(method)).append(", ");
    if (method == Method::get) methods += "HEAD, ";
  }
  return node.routes.contains(Method::options) ? methods.substr(0, methods.size() - 2)
                                               : methods + "OPTIONS";
}

std::size_t Router::node_for(std::size_t node, std::string_view segment) {
  const std::size_t fresh = nodes_.size();
  if (is_name(segment)) {
    if (nodes_[node].any != 0) return nodes_[node].any;
    nodes_[node].any = fresh;
  } else {
    const auto [place, added] = nodes_[node].named.emplace(std::string(segment), fresh);
    if (!added) return place->second;
  }
  nodes_.emplace_back();
  return fresh;
}

const Router::Node* Router::walk(std::size_t node, const std::vector<std::string>& segments,
                                 std::size_t at, std::vector<std::string_view>& values) const {
  if (at == segments.size()) return nodes_[node].routes.empty() ? nullptr : &nodes_[node];
  const auto named = nodes_[node].named.find(segments[at]);
  if (named != nodes_[node].named.end()) {
    if (const Node* found = walk(named->second, segments, at + 1, values)) return found;
  }
  if (nodes_[node].any == 0) return nullptr;
  values.push_back(segments[at]);
  if (const Node* found = walk(nodes_[node].any, segments, at + 1, values)) return found;
  values.pop_back();
  return nullptr;
}

Router::Match Router::find(Method method, const std::vector<std::string>& segments) const {
  Match match;
  std::vector<std::string_view> values;
  const Node* node = walk(0, segments, 0, values);
  if (node == nullptr) return match;
  match.allowed = node->allowed;
  const auto found = node->routes.find(method == Method::head ? Method::get : method);
  if (found == node->routes.end()) return match;
  match.route = &routes_[found->second];
  const auto& names = node->names.at(found->first);
  for (std::size_t i = 0; i < names.size(); ++i) match.segments.emplace_back(names[i], values[i]);
  return match;
}

}  // namespace jishi::http
