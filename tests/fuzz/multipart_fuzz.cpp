// Uploads. However the bytes come, the same is read; nothing lies but in the folder, and nothing is
// left there.

#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "base/text.hpp"
#include "platform/http/multipart.hpp"
#include "platform/http/target.hpp"

namespace {

using namespace jishi;
namespace fs = std::filesystem;

constexpr std::size_t kBytewise = 2'000;  // up to here also byte by byte

void must(bool holds) {
  if (!holds) std::abort();
}

const fs::path& folder() {
  static const fs::path made = [] {
    fs::path path = "/dev/shm/jishi-fuzz-" + std::to_string(::getpid());
    fs::create_directories(path);
    std::atexit([] { fs::remove_all(folder()); });
    return path;
  }();
  return made;
}

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void check_file(const http::UploadedFile& file) {
  must(file.path.parent_path() == folder());
  must(file.size == fs::file_size(file.path));
  const fs::path name(file.name);
  must(name.filename() == name && file.name != "." && file.name != "..");
  must(is_utf8(file.name) && !has_control(file.name) && file.name.size() <= 200);
}

/// What is read of a body that comes in pieces of a size, in one text.
std::string read(std::string_view body, std::size_t piece) {
  std::string got;
  std::vector<http::UploadedFile> files;
  {
    http::Multipart reader("b", folder());
    Result<Done> step = Done{};
    while (step && !body.empty()) {
      step = reader.take(body.substr(0, piece));
      body.remove_prefix(std::min(piece, body.size()));
    }
    if (step) step = reader.finish();
    if (!step) return step.error().code;
    http::Fields form;
    reader.give(form, files);
    for (const auto& [name, value] : form) {
      must(is_utf8(name) && is_utf8(value) && !has_control(value));
      got += name + '=' + value + '\n';
    }
  }
  for (const auto& file : files) {
    check_file(file);
    got += file.field + ':' + file.name + ':' + content_of(file.path) + '\n';
  }
  http::remove_uploads(files);
  return got;
}

}  // namespace

// The first byte says how large the pieces are; the rest is the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  (void)http::Multipart::boundary_of(body);
  const std::string whole = read(body, body.size() + 1);
  must(read(body, data[0] + std::size_t{1}) == whole);
  if (body.size() <= kBytewise) must(read(body, 1) == whole);
  must(fs::is_empty(folder()));
  return 0;
}
