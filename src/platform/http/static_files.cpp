#include "platform/http/static_files.hpp"

#include <array>
#include <fstream>

#include "base/hash.hpp"
#include "platform/http/target.hpp"

namespace jishi::http {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kIndex = "/index.html";
// Vite names what stands here after its content.
constexpr std::string_view kHashed = "/assets/";

constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kTypes{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".wasm", "application/wasm"},
    {".txt", "text/plain; charset=utf-8"},
}};

std::string_view type_of(std::string_view path) {
  for (const auto& [ending, type] : kTypes) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

/// Takes the coding's ending off a name.
std::string_view coding_of(std::string& path) {
  for (const auto& [ending, coding] : {std::pair{".br", "br"}, std::pair{".gz", "gzip"}}) {
    if (!path.ends_with(ending)) continue;
    path.erase(path.size() - std::string_view(ending).size());
    return coding;
  }
  return {};
}

std::optional<std::string> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file.is_open() || file.bad()) return std::nullopt;
  return text;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Calls `take(word, parameters)` for each part of a list as of Accept.
template <class Take>
void each_part(std::string_view list, Take take) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    const std::string_view part = list.substr(0, comma);
    list.remove_prefix(comma == list.npos ? list.size() : comma + 1);
    const auto mark = part.find(';');
    take(trimmed(part.substr(0, mark)),
         mark == part.npos ? std::string_view() : trimmed(part.substr(mark + 1)));
  }
}

/// Whether a weight says anything but "never": `q=0`, `q=0.000`.
bool wanted(std::string_view parameters) {
  return !parameters.starts_with("q=0") ||
         parameters.find_first_of("123456789", 3) != parameters.npos;
}

/// Whether a coding may be sent. Weights but zero are passed over: smaller is what all want.
bool takes_coding(const Request& request, std::string_view coding) {
  if (coding.empty()) return true;
  const auto header = request.header("accept-encoding");
  if (!header) return false;
  std::optional<bool> named;
  bool any = false;
  each_part(*header, [&](std::string_view word, std::string_view parameters) {
    if (same_word(word, coding)) named = wanted(parameters);
    if (word == "*") any = wanted(parameters);
  });
  return named.value_or(any);
}

/// A browser that opens a page names HTML; its scripts and pictures do not.
bool opens_page(const Request& request) {
  const auto header = request.header("accept");
  if (!header) return false;
  bool page = false;
  each_part(*header, [&](std::string_view word, std::string_view parameters) {
    if (same_word(word, "text/html")) page = wanted(parameters);
  });
  return page;
}

bool is_below(std::string_view path, std::string_view folder) {
  return path == folder || (path.starts_with(folder) && path.substr(folder.size()).front() == '/');
}

Error unreadable(const fs::path& path, const std::string& message) {
  return fail(ErrorKind::unavailable, "http.web_unreadable",
              {{"file", path.string()}, {"message", message}});
}

}  // namespace

Result<StaticFiles> StaticFiles::load(const fs::path& folder) {
  StaticFiles loaded;
  std::uint64_t bytes = 0;
  std::size_t count = 0;
  std::error_code error;
  fs::recursive_directory_iterator entries(folder, error);
  for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error)) {
    // A link could lead anywhere.
    if (entries->is_symlink(error) || !entries->is_regular_file(error)) continue;
    bytes += entries->file_size(error);
    if (++count > kMaxFiles || bytes > kMaxBytes)
      return fail(ErrorKind::invalid, "http.web_too_large",
                  {{"folder", folder.string()},
                   {"files", std::to_string(kMaxFiles)},
                   {"megabytes", std::to_string(kMaxBytes >> 20)}});
    auto text = read_file(entries->path());
    if (!text) return unreadable(entries->path(), std::strerror(errno));
    std::string path = "/" + entries->path().lexically_relative(folder).generic_string();
    const std::string_view coding = coding_of(path);
    Coded coded{coding, std::make_shared<const std::string>(std::move(*text)), {}};
    coded.tag = '"' + to_hex(sha256(*coded.bytes)).substr(0, 32) + '"';
    loaded.files_[path].codings.push_back(std::move(coded));
  }
  if (error && error != std::errc::no_such_file_or_directory)
    return unreadable(folder, error.message());
  // Of a file that is there in another coding only, nothing could be sent to everybody.
  std::erase_if(loaded.files_, [](const auto& entry) {
    return std::none_of(entry.second.codings.begin(), entry.second.codings.end(),
                        [](const Coded& coded) { return coded.coding.empty(); });
  });
  for (auto& [path, file] : loaded.files_) {
    file.type = type_of(path);
    file.immutable = path.starts_with(kHashed);
    std::sort(file.codings.begin(), file.codings.end(), [](const Coded& one, const Coded& other) {
      return one.bytes->size() < other.bytes->size();
    });
  }
  if (!loaded.files_.contains(kIndex))
    return fail(ErrorKind::not_found, "http.web_missing", {{"folder", folder.string()}});
  return loaded;
}

Response StaticFiles::response_of(const File& file, const Request& request) {
  const auto chosen =
      std::find_if(file.codings.begin(), file.codings.end(),
                   [&](const Coded& coded) { return takes_coding(request, coded.coding); });
  Response response;
  response.content_type = file.type;
  response.headers.emplace_back("ETag", chosen->tag);
  response.headers.emplace_back(
      "Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (file.codings.size() > 1) response.headers.emplace_back("Vary", "Accept-Encoding");
  if (!chosen->coding.empty())
    response.headers.emplace_back("Content-Encoding", std::string(chosen->coding));
  response.body = chosen->bytes;
  return response;
}

std::optional<Response> StaticFiles::answer(const Request& request) const {
  if (const auto found = files_.find(request.path); found != files_.end())
    return response_of(found->second, request);
  // An asset that is gone belonged to a build before: HTML in its place would be run as a script.
  const bool page = !is_below(request.path, "/api") && !request.path.starts_with(kHashed);
  if (page && opens_page(request)) return index(request);
  return std::nullopt;
}

Response StaticFiles::index(const Request& request) const {
  return response_of(files_.find(kIndex)->second, request);
}

}  // namespace jishi::http
