#include "app/application.hpp"

namespace jishi::app {

int run(int, char**) {
  return 2;
}

}  // namespace jishi::app
