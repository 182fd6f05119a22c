#include "app/context.hpp"

#include "platform/pack/codes_file.hpp"

namespace jishi::app {

StoreOptions store_options(const Context& context) {
  StoreOptions options;
  options.folder = context.settings.data;
  options.keys_folder = context.settings.keys;
  options.suite = context.settings.cipher;
  options.database = context.settings.database;
  return options;
}

Result<std::unique_ptr<Store>> open_store(const Context& context, bool create) {
  StoreOptions options = store_options(context);
  options.create = create;
  // What serves or takes commands asks for the pack itself; the rest does without.
  if (auto codes = pack_codes(context))
    options.codes = std::make_shared<const Codes>(std::move(*codes));
  const bool fresh = !Store::engine_of(options)->exists();
  auto store = Store::open(options, context.clock);
  if (store && fresh) {
    const std::string place =
        options.database.empty() ? options.folder.string() : (*store)->engine().place();
    context.console.note(context.say(
        "app.store_made", {{"folder", place}, {"key_file", (*store)->key_file().string()}}));
  }
  if (store && (*store)->upgraded_without_copy()) {
    context.console.note(
        context.say("app.upgraded_without_copy", {{"database", (*store)->engine().place()}}));
  }
  return store;
}

Result<std::unique_ptr<insight::Insight>> open_insight(const Context& context, Store& store) {
  auto pack = pack_folder(context);
  if (!pack) return pack.error();
  insight::InsightOptions options;
  options.pack = *pack;
  options.language = context.settings.language;
  options.notice = [&console = context.console](const std::string& text) { console.note(text); };
  return insight::Insight::open(store, options);
}

Result<std::filesystem::path> pack_folder(const Context& context) {
  if (context.settings.pack.empty()) return fail(ErrorKind::unavailable, "app.no_pack");
  return context.settings.pack;
}

Result<Codes> pack_codes(const Context& context) {
  const auto pack = pack_folder(context);
  if (!pack) return pack.error();
  return load_codes(*pack / "codes.toml");
}

}  // namespace jishi::app
