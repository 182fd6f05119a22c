#pragma once
// Which route answers a path.

#include <map>

#include "platform/http/server.hpp"

namespace jishi::http {

class Router {
 public:
  /// Patterns as /api/v1/persons/{person}. A segment's own name wins over a {name} in its place.
  explicit Router(std::vector<Route> routes);

  struct Match {
    const Route* route = nullptr;  // none: no path, or not this method
    Fields segments;
    std::string_view allowed;  // methods that the path takes; empty: there is no such path
  };
  /// HEAD is answered by the route of GET.
  Match find(Method method, const std::vector<std::string>& segments) const;

 private:
  struct Node {
    std::map<std::string, std::size_t, std::less<>> named;
    std::size_t any = 0;  // the node of a {name}; 0: none
    std::map<Method, std::size_t> routes;
    std::map<Method, std::vector<std::string>> names;
    std::string allowed;
  };
  static std::string methods_of(const Node& node);
  std::size_t node_for(std::size_t node, std::string_view segment);
  const Node* walk(std::size_t node, const std::vector<std::string>& segments, std::size_t at,
                   std::vector<std::string_view>& values) const;

  std::vector<Route> routes_;
  std::vector<Node> nodes_;
};

}  // namespace jishi::http
