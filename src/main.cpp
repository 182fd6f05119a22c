#include "app/application.hpp"

int main(int argc, char** argv) {
  return jishi::app::run(argc, argv);
}
