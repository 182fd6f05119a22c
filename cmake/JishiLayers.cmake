# One static library a layer: base <- platform <- ledger <- api <- modules <- app. A layer sees only those before it.

add_library(jishi_warnings INTERFACE)
target_compile_options(jishi_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                       -Wnon-virtual-dtor -Woverloaded-virtual -Werror)
# g++ 12 reports these in its own headers when it inlines (GCC bugs 105562, 105329, 104475).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(jishi_warnings INTERFACE -Wno-maybe-uninitialized -Wno-restrict -Wno-dangling-pointer)
endif()

# jishi_layer(NAME FOLDER DEPENDENCIES…): every .cpp below FOLDER but the tests, with its embedded .sql and texts.
function(jishi_layer name folder)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$|/main\\.cpp$")
  add_library(jishi_${name} STATIC ${sources})
  target_include_directories(jishi_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/generated)
  target_link_libraries(jishi_${name} PUBLIC ${ARGN} PRIVATE jishi_warnings)
  add_dependencies(jishi_${name} jishi_embed)
  target_precompile_headers(jishi_${name} PRIVATE ${CMAKE_SOURCE_DIR}/src/precompiled.hpp)
endfunction()
