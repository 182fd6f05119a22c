#pragma once
// The files of a built web application, held in memory: what is not known when they are read is not
// there, whatever a path may say.

#include <map>
#include <optional>

#include "base/result.hpp"
#include "platform/http/message.hpp"

namespace jishi::http {

class StaticFiles {
 public:
  static constexpr std::size_t kMaxFiles = 4'096;
  static constexpr std::uint64_t kMaxBytes = 128U << 20;  // in all

  /// Reads a folder with what stands below it. `x.br` and `x.gz` are `x` in other codings. Refused:
  /// http.web_missing (no index.html), http.web_too_large, http.web_unreadable.
  static Result<StaticFiles> load(const std::filesystem::path& folder);

  /// Answers a GET: the file of this path; the application itself (index.html) for any other path
  /// outside of /api that a browser opens as a page, since pages have addresses of their own.
  std::optional<Response> answer(const Request& request) const;

  /// The application itself.
  Response index(const Request& request) const;

 private:
  struct Coded {
    std::string_view coding;  // of Content-Encoding; empty: as it is
    std::shared_ptr<const std::string> bytes;
    std::string tag;
  };
  struct File {
    std::string_view type;
    bool immutable = false;      // its name changes with its content
    std::vector<Coded> codings;  // the smallest first
  };

  static Response response_of(const File& file, const Request& request);

  std::map<std::string, File, std::less<>> files_;  // by path: /assets/index-4f2a.js
};

}  // namespace jishi::http
