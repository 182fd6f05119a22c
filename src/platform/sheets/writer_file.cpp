#include "platform/sheets/writer_file.hpp"

#include "platform/sheets/source.hpp"

namespace jishi::sheets {

WriterFile::WriterFile(std::filesystem::path path) : path_(std::move(path)), part_(path_) {
  part_ += ".part";
}

WriterFile::~WriterFile() {
  std::error_code ignored;
  if (!finished_) std::filesystem::remove(part_, ignored);
}

Result<Done> WriterFile::finish() {
  std::error_code failure;
  std::filesystem::rename(part_, path_, failure);
  if (failure) return error("unwritable", {{"reason", failure.message()}});
  finished_ = true;
  return Done{};
}

Error WriterFile::error(std::string_view code, Arguments more) const {
  return Source{path_, name(), {}}.error(code, std::move(more));
}

}  // namespace jishi::sheets
