# Gives the target DuckDB::DuckDB (the C API). In this order: a DuckDB that brings its own CMake files (vcpkg, conan),
# one in the system's folders, the one that tools/fetch-duckdb put into build/deps: then DuckDB_FETCHED is its folder.

find_package(DuckDB CONFIG QUIET)
if(TARGET duckdb AND NOT TARGET DuckDB::DuckDB)
  add_library(DuckDB::DuckDB INTERFACE IMPORTED)
  set_target_properties(DuckDB::DuckDB PROPERTIES INTERFACE_LINK_LIBRARIES duckdb)
endif()

if(NOT TARGET DuckDB::DuckDB)
  set(duckdb_fetched ${PROJECT_SOURCE_DIR}/build/deps/duckdb)
  find_path(DuckDB_INCLUDE_DIR duckdb.h)
  find_library(DuckDB_LIBRARY duckdb)
  if(NOT DuckDB_INCLUDE_DIR OR NOT DuckDB_LIBRARY)
    # Header and library must be of one origin: half a system installation is passed over.
    unset(DuckDB_INCLUDE_DIR CACHE)
    unset(DuckDB_LIBRARY CACHE)
    find_path(DuckDB_INCLUDE_DIR duckdb.h PATHS ${duckdb_fetched}/include NO_DEFAULT_PATH)
    find_library(DuckDB_LIBRARY duckdb PATHS ${duckdb_fetched}/lib NO_DEFAULT_PATH)
  endif()
  mark_as_advanced(DuckDB_INCLUDE_DIR DuckDB_LIBRARY)
  cmake_path(IS_PREFIX duckdb_fetched "${DuckDB_LIBRARY}" duckdb_is_fetched)
  if(duckdb_is_fetched)
    set(DuckDB_FETCHED ${duckdb_fetched})
  endif()
  if(DuckDB_INCLUDE_DIR AND DuckDB_LIBRARY)
    # Imported by its path, so that CMake adds the folder to the BUILD_RPATH of every program.
    add_library(DuckDB::DuckDB SHARED IMPORTED)
    set_target_properties(DuckDB::DuckDB PROPERTIES IMPORTED_LOCATION ${DuckDB_LIBRARY}
                          INTERFACE_INCLUDE_DIRECTORIES ${DuckDB_INCLUDE_DIR})
  endif()
endif()

include(FindPackageHandleStandardArgs)
if(TARGET DuckDB::DuckDB)
  set(DuckDB_TARGET DuckDB::DuckDB)
endif()
find_package_handle_standard_args(DuckDB REQUIRED_VARS DuckDB_TARGET
                                  REASON_FAILURE_MESSAGE "run tools/fetch-duckdb first")
