#include "platform/crypto/keys.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "platform/crypto/mac.hpp"

namespace jishi::crypto {

namespace {

constexpr std::size_t kMasterBytes = 32;
constexpr std::size_t kIndexBytes = 16;
constexpr std::size_t kMaxKeyFile = 4096;

Error key_error(std::string_view code, const std::filesystem::path& file, std::string reason = {}) {
  return fail(ErrorKind::unavailable, code,
              {{"file", file.string()}, {"reason", std::move(reason)}});
}

std::string value_of(const std::string& text, std::string_view name) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(name) && line.size() > name.size() && line[name.size()] == '=') {
      return line.substr(name.size() + 1);
    }
  }
  return {};
}

}  // namespace

std::string_view name_of(Suite suite) {
  switch (suite) {
    case Suite::aes_256_gcm: return "aes-256-gcm";
    case Suite::sm4_ctr_hmac_sm3: return "sm4-ctr-hmac-sm3";
  }
  return {};
}

std::optional<Suite> suite_named(std::string_view name) {
  for (const Suite suite : {Suite::aes_256_gcm, Suite::sm4_ctr_hmac_sm3}) {
    if (name_of(suite) == name) return suite;
  }
  return std::nullopt;
}

Keys::Keys(Suite suite, std::string_view master)
    : suite_(suite),
      index_key_(derive("SHA256", master, "jishi blind index")),
      head_key_(derive("SHA256", master, "jishi ledger head")),
      cipher_(make_cipher(suite, derive("SHA256", master, "jishi fields"))) {
}

Result<Keys> Keys::create(const std::filesystem::path& file, Suite suite) {
  std::error_code ignored;
  std::filesystem::create_directories(file.parent_path(), ignored);
  std::string master(kMasterBytes, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(master.data()), kMasterBytes) != 1) {
    return key_error("crypto.key_not_written", file, "RAND_bytes");
  }
  const std::string text =
      "# Jishi key file: without it sealed fields cannot be read. Keep a copy elsewhere.\nsuite=" +
      std::string(name_of(suite)) + "\nmaster=" + to_hex(master) + "\n";
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return key_error("crypto.key_not_written", file, std::strerror(errno));
  const bool written =
      ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(descriptor) == 0;
  const std::string reason = written ? "" : std::strerror(errno);
  ::close(descriptor);
  if (!written) {
    std::filesystem::remove(file, ignored);
    return key_error("crypto.key_not_written", file, reason);
  }
  Keys keys(suite, master);
  OPENSSL_cleanse(master.data(), master.size());
  return keys;
}

Result<Keys> Keys::load(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0)
    return key_error("crypto.key_missing", file, std::strerror(errno));
  if ((status.st_mode & 077U) != 0) return key_error("crypto.key_readable_by_others", file);
  std::ifstream stream(file, std::ios::binary);
  std::string text(kMaxKeyFile, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  const auto suite = suite_named(value_of(text, "suite"));
  std::string master = from_hex(value_of(text, "master"));
  if (!suite || master.size() != kMasterBytes) return key_error("crypto.key_damaged", file);
  Keys keys(*suite, master);
  OPENSSL_cleanse(master.data(), master.size());
  return keys;
}

Blob Keys::blind_index(std::string_view purpose, std::string_view text) const {
  return Blob{
      hmac_sha256_cached(index_key_, std::string(purpose) + ":", text).substr(0, kIndexBytes)};
}

Hash Keys::seal_of_head(std::uint64_t size, const Hash& root) const {
  std::string message = std::to_string(size) + ":";
  message += bytes_of(root);
  return hash_of(hmac("SHA256", head_key_, message));
}

}  // namespace jishi::crypto
