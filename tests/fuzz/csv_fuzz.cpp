// Delimited text of any encoding.

#include "sheets_fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  jishi::sheets::fuzz::read_all({reinterpret_cast<const char*>(data), size});
  return 0;
}
