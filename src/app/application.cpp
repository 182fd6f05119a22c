#include "app/application.hpp"

#include <sys/stat.h>

#include <csignal>
#include <new>

#include "app/command_line.hpp"

namespace jishi::app {

namespace {

/// What a failure of the store is called in words, and whether the program is to blame.
Error error_of(const db::Failure& failure) {
  const Arguments arguments{{"message", failure.what()}};
  switch (failure.kind()) {
    case db::FailureKind::full: return fail(ErrorKind::unavailable, "app.disk_full", arguments);
    case db::FailureKind::damaged:
      return fail(ErrorKind::unavailable, "app.store_damaged", arguments);
    case db::FailureKind::busy:
    case db::FailureKind::serialization:
      return fail(ErrorKind::unavailable, "app.store_busy", arguments);
    case db::FailureKind::lost: return fail(ErrorKind::unavailable, "app.store_lost", arguments);
    case db::FailureKind::unique:
    case db::FailureKind::foreign_key:
    case db::FailureKind::check:
    case db::FailureKind::other: return fail(ErrorKind::unavailable, "app.store_failed", arguments);
  }
  return fail(ErrorKind::unavailable, "app.store_failed", arguments);
}

// The one place of the command line where exceptions are caught.
Result<Status> run_safely(const CommandLine& line, const Context& context) {
  try {
    return line.run(context);
  } catch (const db::Failure& failure) {
    return error_of(failure);
  } catch (const std::filesystem::filesystem_error& error) {
    const bool full = error.code() == std::errc::no_space_on_device;
    return fail(ErrorKind::unavailable, full ? "app.disk_full" : "app.file_failed",
                {{"file", error.path1().string()}, {"message", error.code().message()}});
  } catch (const std::bad_alloc&) {
    return fail(ErrorKind::unavailable, "app.no_memory");
  } catch (const std::exception& error) {
    return fail(ErrorKind::unavailable, "app.internal", {{"message", error.what()}});
  }
}

}  // namespace

int run(int argc, char** argv) {
  // A reader who goes away is seen by the write that fails, not by a signal.
  std::signal(SIGPIPE, SIG_IGN);
  // A file that may not grow (ulimit -f) is a full disk to us, not the program's end.
  std::signal(SIGXFSZ, SIG_IGN);
  // Whatever is written holds personal data: nobody else is to read it.
  ::umask(S_IRWXG | S_IRWXO);
  Console console;
  const CommandLine line = read_command_line(argc, argv);
  if (!line.run) {
    if (line.status == Status::done) {
      console.line(line.text);
    } else {
      console.note(line.text);
    }
    return static_cast<int>(line.status);
  }
  const SystemClock clock;
  const Context context{line.settings, clock, console};
  const Result<Status> result = run_safely(line, context);
  Status status = result ? *result : status_of(result.error());
  if (!result) {
    console.note(context.say(result.error()));
    for (const Error& other : result.error().also) console.note(context.say(other));
  }
  if (!console.finish()) {
    console.note(context.say("app.output_failed"));
    status = Status::failed;
  }
  return static_cast<int>(status);
}

}  // namespace jishi::app
