# Turns the .sql and texts.toml files that stand beside the code into C++ at build time (tools/embed.py).

file(GLOB_RECURSE jishi_embedded CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/*.sql ${CMAKE_SOURCE_DIR}/src/*/texts.toml)
set(jishi_generated ${CMAKE_BINARY_DIR}/generated)

# The headers are named so that a changed statement is compiled in the same build, not in the next.
set(jishi_statement_headers ${jishi_embedded})
list(FILTER jishi_statement_headers INCLUDE REGEX "\\.sql$")
list(FILTER jishi_statement_headers EXCLUDE REGEX "/schema/[^/]*$")
list(TRANSFORM jishi_statement_headers REPLACE "^${CMAKE_SOURCE_DIR}/src/(.*)$" "${jishi_generated}/\\1.hpp")

find_program(JISHI_PYTHON NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED)
add_custom_command(
  OUTPUT ${jishi_generated}/embedded.stamp ${jishi_generated}/embedded_texts.cpp ${jishi_generated}/embedded_sql.cpp
  BYPRODUCTS ${jishi_statement_headers}
  COMMAND ${JISHI_PYTHON} ${CMAKE_SOURCE_DIR}/tools/embed.py ${CMAKE_SOURCE_DIR}/src ${jishi_generated}
  DEPENDS ${jishi_embedded} ${CMAKE_SOURCE_DIR}/tools/embed.py
  COMMENT "Embedding SQL and texts")
add_custom_target(jishi_embed DEPENDS ${jishi_generated}/embedded.stamp)
