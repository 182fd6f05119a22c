#pragma once
// Where things are when nobody says so.

#include <filesystem>
#include <string>

namespace jishi::app {

/// The folder of key files: $JISHI_KEYS, else $XDG_CONFIG_HOME/jishi/keys, else .config/jishi/keys
/// in $HOME, else in the home folder of the user.
std::filesystem::path default_keys_folder();

/// The pack: $JISHI_PACK, else packs/party of the source tree that the program was built in, else
/// ../share/jishi/packs/party beside an installed one. Empty when there is none.
std::filesystem::path default_pack_folder();

/// The built workbench: $JISHI_WEB, else build/web of the source tree that the program was built
/// in, else ../share/jishi/web beside an installed one. Empty when there is none.
std::filesystem::path default_web_folder();

/// The database: $JISHI_DB, where its password is not seen in lists of processes. Empty: a file in
/// the data folder.
std::string default_database();

}  // namespace jishi::app
