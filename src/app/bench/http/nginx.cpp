#include "app/bench/http/nginx.hpp"

#include <unistd.h>

#include <fstream>
#include <thread>

#include "app/bench/http/client.hpp"

namespace jishi::app::bench {

namespace {

constexpr std::string_view kProgram = "/usr/sbin/nginx";
constexpr int kLooks = 200;
constexpr std::chrono::milliseconds kLookEvery{10};

std::string configuration(const std::filesystem::path& folder, unsigned short port) {
  std::string text = ::getuid() == 0 ? "user root;\n" : "";
  text += fmt::format(
      "daemon off;\nworker_processes {};\npid {}/pid;\nerror_log {}/error.log;\n"
      "events {{ worker_connections 1024; }}\nhttp {{\n  access_log off;\n  sendfile on;\n"
      "  tcp_nodelay on;\n  keepalive_requests 1000000000;\n  default_type application/json;\n"
      "  open_file_cache max=100;\n",
      std::thread::hardware_concurrency(), folder.string(), folder.string());
  for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
    text += fmt::format("  {0}_temp_path {1}/{0};\n", kind, folder.string());
  return text +
         fmt::format("  server {{ listen 127.0.0.1:{}; root {}; }}\n}}\n", port, folder.string());
}

}  // namespace

std::optional<Nginx> Nginx::start(const std::filesystem::path& folder, std::string_view text) {
  if (!std::filesystem::exists(kProgram)) return std::nullopt;
  std::filesystem::create_directories(folder);
  const unsigned short port = free_port();
  std::ofstream(folder / "page", std::ios::binary) << text;
  std::ofstream(folder / "nginx.conf") << configuration(folder, port);
  auto process = Child::start({std::string(kProgram), "-p", folder.string(), "-c",
                               (folder / "nginx.conf").string(), "-e", folder / "start.log"},
                              folder / "complaints.log");
  if (!process) return std::nullopt;
  for (int look = 0; look < kLooks; ++look) {
    if (Socket::to(port).open()) return Nginx(std::move(*process), port);
    std::this_thread::sleep_for(kLookEvery);
  }
  return std::nullopt;
}

}  // namespace jishi::app::bench
