#include "platform/http/multipart.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <random>

#include "base/text.hpp"
#include "platform/http/target.hpp"

namespace jishi::http {

namespace {

constexpr std::string_view kLine = "\r\n";

Error invalid() {
  return fail(ErrorKind::invalid, "http.multipart_invalid");
}

bool starts_with_folded(std::string_view text, std::string_view start) {
  return same_word(text.substr(0, start.size()), start);
}

/// A name that nobody can guess, in `folder`; the file is there and empty.
std::FILE* new_file(const std::filesystem::path& folder, std::filesystem::path& path) {
  std::random_device random;
  constexpr int kTries = 4;
  for (int i = 0; i < kTries; ++i) {
    const std::uint64_t number = (std::uint64_t{random()} << 32U) | random();
    path = folder / ("upload-" + std::to_string(number));
    const int descriptor = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (descriptor >= 0) return ::fdopen(descriptor, "wb");
  }
  return nullptr;
}

}  // namespace

void remove_uploads(const std::vector<UploadedFile>& files) {
  for (const UploadedFile& file : files) {
    std::error_code ignored;
    std::filesystem::remove(file.path, ignored);
  }
}

Multipart::Multipart(std::string boundary, std::filesystem::path folder)
    : mark_("\r\n--" + std::move(boundary)), folder_(std::move(folder)), held_(kLine) {
}

Multipart::~Multipart() {
  out_.reset();
  if (file_) files_.push_back(*file_);
  remove_uploads(files_);
}

std::optional<std::string> Multipart::boundary_of(std::string_view content_type) {
  const auto type = content_type.substr(0, content_type.find(';'));
  if (!same_word(trimmed_header(type), "multipart/form-data")) return std::nullopt;
  auto boundary = header_parameter(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > kMaxBoundary) return std::nullopt;
  return boundary;
}

Result<Done> Multipart::take(std::string_view bytes) {
  held_.append(bytes);
  more_ = true;
  while (more_) {
    Result<Done> step = Done{};
    switch (state_) {
      case State::preamble: step = read_boundary(); break;
      case State::header: step = read_header(); break;
      case State::content: step = read_content(); break;
      case State::after:
        held_.clear();
        more_ = false;
        break;
    }
    if (!step) return step;
  }
  return Done{};
}

// What stands before the first boundary says nothing.
Result<Done> Multipart::read_boundary() {
  // The bound is on where the mark begins: it must not matter in which pieces the bytes come.
  const auto at = held_.find(mark_);
  if (std::min(at, held_.size() - std::min(held_.size(), mark_.size())) > kMaxPartHeader)
    return invalid();
  if (at == held_.npos) {
    more_ = false;
    return Done{};
  }
  if (held_.size() < at + mark_.size() + kLine.size()) {
    more_ = false;
    return Done{};
  }
  const auto behind = std::string_view(held_).substr(at + mark_.size(), kLine.size());
  if (behind == "--") {
    state_ = State::after;
  } else if (behind == kLine) {
    held_.erase(0, at + mark_.size() + kLine.size());
    state_ = State::header;
  } else {
    return invalid();
  }
  return Done{};
}

Result<Done> Multipart::read_header() {
  constexpr std::string_view kEmptyLine = "\r\n\r\n";
  const auto end = held_.find(kEmptyLine);
  if (std::min(end, held_.size() - std::min(held_.size(), kEmptyLine.size())) > kMaxPartHeader)
    return invalid();
  if (end == held_.npos) {
    more_ = false;
    return Done{};
  }
  const std::string header = held_.substr(0, end);
  held_.erase(0, end + kEmptyLine.size());
  state_ = State::content;
  return begin_part(header);
}

Result<Done> Multipart::begin_part(std::string_view header) {
  if (++parts_ > kMaxParts)
    return fail(ErrorKind::invalid, "http.too_many_parts", {{"limit", std::to_string(kMaxParts)}});
  std::optional<std::string> name;
  std::optional<std::string> file_name;
  while (!header.empty()) {
    const auto end = header.find(kLine);
    const auto line = header.substr(0, end);
    header.remove_prefix(end == header.npos ? header.size() : end + kLine.size());
    if (!starts_with_folded(line, "content-disposition:")) continue;
    name = header_parameter(line, "name");
    file_name = header_parameter(line, "filename");
  }
  if (!name || name->empty() || !is_utf8(*name) || has_control(*name)) return invalid();
  field_ = std::move(*name);
  text_.clear();
  if (!file_name) return Done{};
  file_ = UploadedFile{field_, file_name_only(*file_name), {}, 0};
  out_.reset(new_file(folder_, file_->path));
  if (!out_) return fail(ErrorKind::unavailable, "http.disk_full");
  return Done{};
}

Result<Done> Multipart::read_content() {
  const auto at = held_.find(mark_);
  // Without the mark, all but what may be its beginning is content.
  const std::size_t sure = at != held_.npos              ? at
                           : held_.size() > mark_.size() ? held_.size() - mark_.size()
                                                         : 0;
  if (const auto written = write(std::string_view(held_).substr(0, sure)); !written) return written;
  held_.erase(0, sure);
  if (at == held_.npos && !held_.starts_with(mark_)) {
    more_ = false;
    return Done{};
  }
  if (held_.size() < mark_.size() + kLine.size()) {
    more_ = false;
    return Done{};
  }
  if (const auto ended = end_part(); !ended) return ended;
  state_ = State::preamble;
  return Done{};
}

Result<Done> Multipart::write(std::string_view bytes) {
  if (bytes.empty()) return Done{};
  if (!file_) {
    all_text_ += bytes.size();
    if (text_.size() + bytes.size() > kMaxText || all_text_ > kMaxAllText)
      return fail(ErrorKind::invalid, "http.part_too_large", {{"field", field_}});
    text_.append(bytes);
    return Done{};
  }
  if (std::fwrite(bytes.data(), 1, bytes.size(), out_.get()) != bytes.size())
    return fail(ErrorKind::unavailable, "http.disk_full");
  file_->size += bytes.size();
  return Done{};
}

Result<Done> Multipart::end_part() {
  if (!file_) {
    if (!is_utf8(text_)) return fail(ErrorKind::invalid, "http.not_utf8");
    if (has_control(text_))
      return fail(ErrorKind::invalid, "http.control_sign", {{"field", field_}});
    form_.emplace_back(std::move(field_), std::move(text_));
    return Done{};
  }
  const bool kept = std::fflush(out_.get()) == 0;
  out_.reset();
  files_.push_back(std::move(*file_));
  file_.reset();
  if (!kept) return fail(ErrorKind::unavailable, "http.disk_full");
  return Done{};
}

Result<Done> Multipart::finish() {
  if (state_ != State::after) return invalid();
  return Done{};
}

void Multipart::give(Fields& form, std::vector<UploadedFile>& files) {
  form = std::move(form_);
  files = std::move(files_);
  files_.clear();
}

}  // namespace jishi::http
