#include "app/bench/machine.hpp"

#include <sys/statfs.h>
#include <sys/utsname.h>

#include <cstdlib>
#include <fstream>
#include <thread>

namespace jishi::app::bench {

namespace {

// What stands behind the first `name :` of a file of /proc.
std::string value_in(const char* file, std::string_view name) {
  std::ifstream lines(file);
  std::string line;
  while (std::getline(lines, line)) {
    if (!line.starts_with(name)) continue;
    const auto colon = line.find(':');
    if (colon == line.npos) continue;
    const auto value = line.find_first_not_of(" \t", colon + 1);
    return value == line.npos ? std::string() : line.substr(value);
  }
  return {};
}

// Virtual machines may say nothing but numbers of their processor.
std::string processor() {
  constexpr const char* kFile = "/proc/cpuinfo";
  std::string name = value_in(kFile, "model name");
  if (name.empty() || name == "unknown") {
    name = value_in(kFile, "vendor_id") + " family " + value_in(kFile, "cpu family") + " model " +
           value_in(kFile, "model\t");
  }
  const std::string clock = value_in(kFile, "cpu MHz");
  if (!clock.empty()) name += ", " + clock.substr(0, clock.find('.')) + " MHz";
  return name;
}

std::string memory() {
  const double kb = std::atof(value_in("/proc/meminfo", "MemTotal").c_str());
  return fmt::format("{:.1f} GiB", kb / 1024 / 1024);
}

// Others at work on the same cores make every figure worse.
std::string load() {
  std::array<double, 3> loads{};
  if (::getloadavg(loads.data(), 3) != 3) return "?";
  return fmt::format("{:.2f} {:.2f} {:.2f}", loads[0], loads[1], loads[2]);
}

std::string kernel() {
  utsname name{};
  ::uname(&name);
  return fmt::format("{} {} {}", name.sysname, name.release, name.machine);
}

std::string file_system(const std::filesystem::path& folder) {
  struct statfs facts {};
  if (::statfs(folder.c_str(), &facts) != 0) return "?";
  switch (static_cast<unsigned long>(facts.f_type)) {
    case 0xEF53UL: return "ext4";
    case 0x01021994UL: return "tmpfs";
    case 0x58465342UL: return "xfs";
    case 0x9123683EUL: return "btrfs";
    case 0x794C7630UL: return "overlay";
    default: return fmt::format("0x{:X}", static_cast<unsigned long>(facts.f_type));
  }
}

std::string compiler() {
#ifdef __clang__
  return fmt::format("clang++ {}", __clang_version__);
#else
  return fmt::format("g++ {}", __VERSION__);
#endif
}

std::string build_type() {
#ifdef NDEBUG
  constexpr std::string_view kAsserts = "release";
#else
  constexpr std::string_view kAsserts = "debug";
#endif
#ifdef __OPTIMIZE__
  constexpr std::string_view kCode = "optimised";
#else
  constexpr std::string_view kCode = "not optimised";
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  constexpr std::string_view kChecks = ", with a sanitizer";
#else
  constexpr std::string_view kChecks = "";
#endif
  return fmt::format("{}, {}{}", kAsserts, kCode, kChecks);
}

}  // namespace

MachineFacts machine_facts(const Clock& clock, const std::filesystem::path& folder) {
  return {{"machine_processor", processor()},
          {"machine_cores", std::to_string(std::thread::hardware_concurrency())},
          {"machine_memory", memory()},
          {"machine_kernel", kernel()},
          {"machine_disk", file_system(folder)},
          {"machine_load", load()},
          {"machine_compiler", compiler()},
          {"machine_build", build_type()},
          {"machine_date", to_iso(clock.today())}};
}

}  // namespace jishi::app::bench
