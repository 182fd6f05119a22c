#include "app/commands/full_text.hpp"

namespace jishi::app {

Result<std::unique_ptr<orglife::FullText>> open_full_text(const Context& context, Store& store,
                                                          const Codes& codes,
                                                          const std::atomic<bool>& cancelled) {
  orglife::FullTextOptions options;
  options.notice = [&context](const Error& error) { context.console.note(context.say(error)); };
  auto full_text = std::make_unique<orglife::FullText>(store, codes, options);
  LongWork work;
  work.cancelled = [&cancelled] { return cancelled.load(); };
  work.progress = [&context](double part) {
    if (!context.console.progress_due()) return;
    context.console.progress(
        context.say("app.full_text_progress", {{"percent", fmt::format("{:.0f}", part * 100)}}));
  };
  const auto done = full_text->catch_up(work);
  context.console.clear_progress();
  if (!done) return done.error();
  return full_text;
}

}  // namespace jishi::app
