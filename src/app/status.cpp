#include "app/status.hpp"

namespace jishi::app {

Status status_of(const Error& error) {
  if (error.code == "intake.cancelled" || error.code == "registry.search_cancelled" ||
      error.code == "platform.duck_interrupted") {
    return Status::interrupted;
  }
  switch (error.kind) {
    case ErrorKind::invalid:
    case ErrorKind::unauthenticated:
    case ErrorKind::limited:
    case ErrorKind::not_found:
    case ErrorKind::forbidden:
    case ErrorKind::conflict:
    case ErrorKind::refused: return Status::refused;
    case ErrorKind::unavailable: return Status::failed;
  }
  return Status::failed;
}

}  // namespace jishi::app
