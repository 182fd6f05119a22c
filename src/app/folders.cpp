#include "app/folders.hpp"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <optional>
#include <string>

namespace jishi::app {

namespace {

namespace fs = std::filesystem;

// A variable that is set and not empty.
std::optional<fs::path> from_environment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return fs::path(value);
}

fs::path home_folder() {
  if (const auto home = from_environment("HOME")) return *home;
  const passwd* user = ::getpwuid(::getuid());
  return user != nullptr && user->pw_dir != nullptr ? fs::path(user->pw_dir) : fs::path("/");
}

fs::path program_folder() {
  std::error_code error;
  const auto program = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path() : program.parent_path();
}

/// The first of the places where `file` is; empty when it is in none.
fs::path first_with(std::string_view file, const std::array<fs::path, 2>& places) {
  for (const fs::path& place : places) {
    std::error_code error;
    if (fs::exists(place / file, error)) return place.lexically_normal();
  }
  return {};
}

}  // namespace

fs::path default_keys_folder() {
  if (const auto keys = from_environment("JISHI_KEYS")) return *keys;
  // The standard asks for an absolute path and to pass over any other.
  const auto config = from_environment("XDG_CONFIG_HOME");
  if (config && config->is_absolute()) return *config / "jishi" / "keys";
  return home_folder() / ".config" / "jishi" / "keys";
}

fs::path default_pack_folder() {
  if (const auto pack = from_environment("JISHI_PACK")) return *pack;
  return first_with("codes.toml", {program_folder() / "../../packs/party",
                                   program_folder() / "../share/jishi/packs/party"});
}

fs::path default_web_folder() {
  if (const auto web = from_environment("JISHI_WEB")) return *web;
  return first_with("index.html",
                    {program_folder() / "../web", program_folder() / "../share/jishi/web"});
}

std::string default_database() {
  const auto database = from_environment("JISHI_DB");
  return database ? database->string() : std::string();
}

}  // namespace jishi::app
