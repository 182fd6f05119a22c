#pragma once
// What every command has at hand.

#include <filesystem>
#include <memory>

#include "app/console.hpp"
#include "app/status.hpp"
#include "base/codes.hpp"
#include "base/texts.hpp"
#include "ledger/store.hpp"
#include "modules/insight/insight.hpp"
#include "platform/crypto/keys.hpp"

namespace jishi::app {

/// The options that all commands share.
struct Settings {
  std::filesystem::path data = "data";
  std::string database;        // postgres://…; empty: a file in the data folder
  std::filesystem::path keys;  // the folder of key files
  std::filesystem::path pack;  // empty: none was found
  Language language = Language::zh;
  bool json = false;
  crypto::Suite cipher = crypto::Suite::aes_256_gcm;  // for a store that is made by this call
};

struct Context {
  const Settings& settings;
  const Clock& clock;
  Console& console;

  std::string say(std::string_view code, const Arguments& arguments = {}) const {
    return jishi::say(settings.language, code, arguments);
  }
  std::string say(const Error& error) const { return jishi::say(settings.language, error); }
};

/// The owner of the data folder, as whom the command line acts.
inline constexpr Actor kOwner{};

/// Where the store of --data or --db is.
StoreOptions store_options(const Context& context);

/// Opens the store of --data or --db. `create`: makes one where there is none, and says where its
/// key file is and that it needs a copy.
Result<std::unique_ptr<Store>> open_store(const Context& context, bool create = false);

/// Opens the lights over a store with the rules of --pack.
Result<std::unique_ptr<insight::Insight>> open_insight(const Context& context, Store& store);

/// The folder of the pack; refused with app.no_pack where none was found.
Result<std::filesystem::path> pack_folder(const Context& context);

/// The code sets of the pack.
Result<Codes> pack_codes(const Context& context);

}  // namespace jishi::app
