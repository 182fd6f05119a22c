#pragma once
// A PostgreSQL server of the tests' own: in a temporary folder, on a socket there, gone with the
// process. Only where the server's programs are installed (tools/debian-packages.txt).

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "platform/db/engine.hpp"

namespace jishi::db {

class TestServer {
 public:
  /// The folder of initdb and postgres; empty where they are not installed.
  static std::filesystem::path programs() {
    std::vector<std::filesystem::path> found;
    std::error_code ignored;
    for (const auto& version :
         std::filesystem::directory_iterator("/usr/lib/postgresql", ignored)) {
      if (std::filesystem::exists(version.path() / "bin" / "initdb")) {
        found.push_back(version.path() / "bin");
      }
    }
    return found.empty() ? std::filesystem::path() : *std::max_element(found.begin(), found.end());
  }

  /// The server that all tests of this process share.
  static TestServer& shared() {
    static TestServer server;
    return server;
  }

  TestServer() {
    std::string name = (std::filesystem::temp_directory_path() / "jishi-postgres-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    folder_ = name;
    // PostgreSQL refuses to be run by root: then everything of the server belongs to its user.
    if (as_root()) call("chown postgres " + name);
    call(prefix() + (programs() / "initdb").string() + " -D " + name +
         "/data -U jishi -A trust -E UTF8 --locale=C --no-sync >/dev/null");
    start();
  }
  ~TestServer() {
    stop();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  void start() {
    server_ = ::fork();
    if (server_ == 0) run_server();
    for (int i = 0; i < 300; ++i) {
      try {
        (void)postgres_engine(url("postgres"))->open(Access::read);
        return;
      } catch (const Failure&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
      }
    }
    throw std::runtime_error("PostgreSQL does not start");
  }

  /// Ends it; SIGQUIT: as a crash would.
  void stop(int signal = SIGINT) {
    if (server_ <= 0) return;
    ::kill(server_, signal);
    ::waitpid(server_, nullptr, 0);
    server_ = 0;
  }

  std::string url(const std::string& database) const {
    return "postgres://jishi@/" + database + "?host=" + folder_.string();
  }

  /// An empty database, or a copy of the one of that name; returns its URL.
  std::string make_database(const std::string& like = {}) {
    const std::string name = "test_" + std::to_string(++databases_);
    // By files: page by page through the log, as is the rule, takes twice as long.
    admin("create database " + name +
          (like.empty() ? "" : " template " + like + " strategy file_copy"));
    return url(name);
  }
  void drop_database(const std::string& url_of_it) {
    const auto from = url_of_it.find("@/") + 2;
    const auto name = url_of_it.substr(from, url_of_it.find('?') - from);
    admin("drop database if exists " + name + " with (force)");
  }

  /// Runs SQL as the server's owner.
  void admin(const std::string& sql) {
    postgres_engine(url("postgres"))->open(Access::write)->script(sql);
  }

 private:
  static bool as_root() { return ::getuid() == 0; }
  static std::string prefix() {
    return as_root() ? "cd / && setpriv --reuid=postgres --regid=postgres --init-groups " : "";
  }
  static void call(const std::string& command) {
    if (std::system(command.c_str()) != 0) throw std::runtime_error(command);
  }

  // In the child: it ends with the process that started it.
  [[noreturn]] void run_server() const {
    std::vector<std::string> words;
    if (as_root()) {
      words = {"setpriv",       "--reuid=postgres", "--regid=postgres",
               "--init-groups", "--pdeathsig=INT",  "--"};
    } else {
      ::prctl(PR_SET_PDEATHSIG, SIGINT);
    }
    const std::string data = (folder_ / "data").string();
    for (const std::string& word :
         {(programs() / "postgres").string(), std::string("-D"), data, std::string("-k"),
          folder_.string(), std::string("-c"), std::string("listen_addresses="), std::string("-c"),
          std::string("fsync=off"), std::string("-c"), std::string("full_page_writes=off"),
          std::string("-c"), std::string("max_connections=200"), std::string("-c"),
          std::string("log_min_messages=fatal")}) {
      words.push_back(word);
    }
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    if (::chdir("/") != 0) std::_Exit(1);
    if (std::freopen("/dev/null", "w", stderr) == nullptr) std::_Exit(1);
    ::execvp(arguments[0], arguments.data());
    std::_Exit(1);
  }

  std::filesystem::path folder_;
  pid_t server_ = 0;
  std::atomic<int> databases_{0};
};

}  // namespace jishi::db
