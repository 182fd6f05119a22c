#include "app/context.hpp"

#include "platform/pack/codes_file.hpp"

namespace jishi::app {

Result<std::unique_ptr<Store>> open_store(const Context& context, bool create) {
  const bool fresh = !std::filesystem::exists(Store::database_file(context.settings.data));
  StoreOptions options;
  options.folder = context.settings.data;
  options.keys_folder = context.settings.keys;
  options.create = create;
  options.suite = context.settings.cipher;
  auto store = Store::open(options, context.clock);
  if (store && fresh) {
    context.console.note(context.say(
        "app.store_made",
        {{"folder", context.settings.data.string()}, {"key_file", (*store)->key_file().string()}}));
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
