#include "ledger/backup/backup.hpp"

#include "app/commands.hpp"
#include "app/commands/verify_screen.hpp"
#include "app/table.hpp"

namespace jishi::app {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEnding = ".jishi-backup";
constexpr std::int64_t kMinuteMs = 60'000;

// `jishi-2026-06-30-1542.jishi-backup`, in China's time.
std::string name_by_time(const Clock& clock) {
  const std::int64_t minutes = clock.now_ms() / kMinuteMs + 8 * 60;
  return fmt::format("jishi-{}-{:02}{:02}{}", to_iso(clock.today()), minutes / 60 % 24,
                     minutes % 60, kEnding);
}

fs::path target_of(const Context& context, const BackupOptions& options) {
  if (options.file.empty()) return name_by_time(context.clock);
  fs::path target(options.file);
  if (fs::is_directory(target)) return target / name_by_time(context.clock);
  if (!target.has_extension()) target += kEnding;
  return target;
}

}  // namespace

Result<Status> run_backup(const Context& context, const BackupOptions& options) {
  const fs::path target = target_of(context, options);
  VerifyScreen screen(context);
  const auto backup = back_up(store_options(context), target, screen);
  context.console.clear_progress();
  if (!backup) return backup.error();
  const Verification& verification = backup->verification;
  if (!backup->kept) {
    screen.print_misfits(verification);
    context.console.note(context.say("app.backup_not_kept"));
    return Status::refused;
  }
  if (context.settings.json) {
    context.console.line(
        boost::json::serialize(boost::json::object{{"file", target.string()},
                                                   {"bytes", backup->bytes},
                                                   {"store", verification.store_id},
                                                   {"files", backup->kept_files},
                                                   {"facts", verification.facts},
                                                   {"root", to_hex(verification.root)},
                                                   {"key_file", verification.key_file.string()},
                                                   {"signatures_checked", !verification.no_key}}));
  } else {
    context.console.line(context.say(
        "app.backup_done", {{"file", target.string()},
                            {"megabytes", fmt::format("{:.1f}", static_cast<double>(backup->bytes) /
                                                                    (1024.0 * 1024.0))},
                            {"facts", grouped(verification.facts)},
                            {"root", to_hex(verification.root)}}));
    if (backup->kept_files > 0) {
      context.console.line(
          context.say("app.backup_files", {{"count", grouped(backup->kept_files)}}));
    }
    context.console.line(
        context.say("app.backup_key", {{"key_file", verification.key_file.string()}}));
  }
  if (verification.no_key) {
    context.console.note(
        context.say("app.verify_no_signatures", {{"reason", context.say(*verification.no_key)}}));
    return Status::refused;
  }
  return Status::done;
}

}  // namespace jishi::app
