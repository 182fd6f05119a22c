#pragma once
// multipart/form-data (RFC 7578) as it arrives: files go to disk, texts into fields.

#include <cstdio>
#include <memory>

#include "base/result.hpp"
#include "platform/http/message.hpp"

namespace jishi::http {

class Multipart {
 public:
  static constexpr std::size_t kMaxParts = 1'000;
  static constexpr std::size_t kMaxText = 64 * 1024;       // bytes of one field
  static constexpr std::size_t kMaxAllText = 1024 * 1024;  // bytes of all fields
  static constexpr std::size_t kMaxPartHeader = 8 * 1024;  // bytes
  static constexpr std::size_t kMaxBoundary = 70;

  /// `folder`: where files are written, for their owner only.
  Multipart(std::string boundary, std::filesystem::path folder);
  ~Multipart();
  Multipart(const Multipart&) = delete;
  Multipart& operator=(const Multipart&) = delete;

  /// The boundary of a Content-Type, if it is multipart/form-data with one.
  static std::optional<std::string> boundary_of(std::string_view content_type);

  /// Takes the next bytes. Fails with http.multipart_invalid, http.too_many_parts,
  /// http.part_too_large, http.not_utf8, http.control_sign, http.disk_full.
  Result<Done> take(std::string_view bytes);
  /// The body ended. Fails with http.multipart_invalid when it ended too early.
  Result<Done> finish();

  /// What came; files are the caller's from then on.
  void give(Fields& form, std::vector<UploadedFile>& files);

 private:
  enum class State { preamble, header, content, after };
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  Result<Done> read_boundary();
  Result<Done> read_header();
  Result<Done> read_content();
  Result<Done> begin_part(std::string_view header);
  Result<Done> write(std::string_view bytes);
  Result<Done> end_part();

  std::string mark_;  // CR LF -- boundary
  std::filesystem::path folder_;
  State state_ = State::preamble;
  std::string held_;  // bytes that are not dealt with yet
  bool more_ = true;  // held_ may hold a whole step
  std::size_t parts_ = 0;
  std::string field_;
  std::string text_;
  std::size_t all_text_ = 0;
  std::optional<UploadedFile> file_;
  std::unique_ptr<std::FILE, Closer> out_;
  Fields form_;
  std::vector<UploadedFile> files_;
};

/// Deletes files of a request that nobody moved away.
void remove_uploads(const std::vector<UploadedFile>& files);

}  // namespace jishi::http
