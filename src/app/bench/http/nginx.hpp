#pragma once
// nginx with one file, as a measure of what this machine can send.

#include "app/bench/http/child.hpp"

namespace jishi::app::bench {

class Nginx {
 public:
  /// Serves `text` as /page, from files below `folder`; nothing where nginx is not installed.
  static std::optional<Nginx> start(const std::filesystem::path& folder, std::string_view text);
  unsigned short port() const { return port_; }

 private:
  Nginx(Child process, unsigned short port) : process_(std::move(process)), port_(port) {}
  Child process_;
  unsigned short port_;
};

}  // namespace jishi::app::bench
