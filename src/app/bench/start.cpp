// The program itself: how soon it speaks, and what it weighs.

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

#include "app/bench/run.hpp"

namespace jishi::app::bench {

namespace {

constexpr int kRounds = 5;
constexpr double kExpectedSeconds = 1;
constexpr double kExpectedMb = 150;

struct Started {
  double first_output_s = 0;
  double peak_mb = 0;
  bool spoke = false;
};

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Starts the program and waits for its first byte and its end.
Started start(std::vector<std::string> words) {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) return {};
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  auto arguments = pointers(words);
  pid_t child = -1;
  const Stopwatch watch;
  const int failed =
      ::posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  Started started;
  if (failed == 0) {
    std::array<char, 4096> buffer;
    started.spoke = ::read(ends[0], buffer.data(), buffer.size()) > 0;
    started.first_output_s = watch.seconds();
    while (::read(ends[0], buffer.data(), buffer.size()) > 0) {
    }
    rusage used{};
    int status = 0;
    ::wait4(child, &status, 0, &used);
    started.peak_mb = static_cast<double>(used.ru_maxrss) / 1024;
    started.spoke = started.spoke && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }
  ::close(ends[0]);
  return started;
}

}  // namespace

Result<Done> bench_start(Run& run) {
  const auto pack = pack_folder(run.context);
  if (!pack) return pack.error();
  // An empty store, made beforehand: making its key and its tables is no part of a start.
  if (auto store = run.make_store("empty"); !store) return store.error();
  const std::string program = run.options.program.empty() ? "/proc/self/exe" : run.options.program;
  const std::vector<std::string> lights{program,
                                        "--data",
                                        (run.folder / "empty").string(),
                                        "--keys",
                                        (run.folder / "keys").string(),
                                        "--pack",
                                        pack->string(),
                                        "lights",
                                        "--summary"};
  start(lights);  // makes the marts
  std::vector<double> seconds;
  std::vector<double> bare_seconds;
  double peak_mb = 0;
  for (int round = 0; round < kRounds; ++round) {
    const Started started = start(lights);
    // Not a program of ours, or one that is broken: there is nothing to tell.
    if (!started.spoke) return Done{};
    seconds.push_back(started.first_output_s);
    peak_mb = std::max(peak_mb, started.peak_mb);
    bare_seconds.push_back(start({program, "--help"}).first_output_s);
  }
  run.figures.push_back({.name = "start_time",
                         .unit = "s",
                         .measured = quantile(seconds, 0.5),
                         .expected = Expected{Sense::at_most, kExpectedSeconds},
                         .baselines = {{"by_help", quantile(bare_seconds, 0.5)}},
                         .note = fmt::format("median of {}: `jishi lights --summary` on an empty "
                                             "store, rules checked, marts opened",
                                             kRounds)});
  run.figures.push_back({.name = "start_memory",
                         .unit = "MB",
                         .measured = peak_mb,
                         .expected = Expected{Sense::at_most, kExpectedMb},
                         .note = "peak of the whole run, with the pages of the libraries"});
  return Done{};
}

}  // namespace jishi::app::bench
