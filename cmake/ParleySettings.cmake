# Settings that every C++ target of the project shares: link `parley_settings`, nothing is set globally.
add_library(parley_settings INTERFACE)
target_compile_features(parley_settings INTERFACE cxx_std_20)
target_compile_options(parley_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  $<$<BOOL:${PARLEY_DEVELOPER}>:-Werror>)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # It takes the frames of coroutines, which Asio both allocates and frees, for freed by another's hand.
  target_compile_options(parley_settings INTERFACE -Wno-mismatched-new-delete)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND NOT CMAKE_DISABLE_PRECOMPILE_HEADERS)
  # Of what it reads precompiled it no longer knows that it is the library's, and warns of what it inlines of it.
  target_compile_options(parley_settings INTERFACE
    -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_FLAGS MATCHES -fsanitize)
  # Sanitizers make it see uninitialised variables where there are none, in std::regex (gcc(1), -fsanitize).
  target_compile_options(parley_settings INTERFACE -Wno-maybe-uninitialized)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_FLAGS MATCHES -fsanitize=thread)
  # It warns of each of Asio's fences, which are beside the point where one thread runs the loop.
  target_compile_options(parley_settings INTERFACE -Wno-tsan)
endif()

# parley_precompiled(NAME HEADERS … DEPENDS …): what nearly every source of a kind includes, compiled once for all that
# REUSE_FROM it, with the options of DEPENDS. The presets for developers do without, so that a source that forgets an
# include is found out.
function(parley_precompiled name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "HEADERS;DEPENDS")
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/${name}.cc CONTENT "")
  add_library(${name} OBJECT ${PROJECT_BINARY_DIR}/${name}.cc)
  target_link_libraries(${name} PRIVATE ${arg_DEPENDS})
  list(TRANSFORM arg_HEADERS REPLACE "(.+)" "<\\1>")
  target_precompile_headers(${name} PRIVATE ${arg_HEADERS})
endfunction()

set(parley_common_headers
  algorithm chrono filesystem functional map memory optional set string string_view variant vector)

# parley_library(NAME SOURCES … DEPENDS …): a folder of the harness as a static library. What a folder may include is
# what it links: the arrows of ARCHITECTURE.md, held by the linker.
function(parley_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS;PRIVATE")
  add_library(${name} STATIC ${arg_SOURCES})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR}/harness)
  target_link_libraries(${name} PUBLIC parley_settings ${arg_DEPENDS} PRIVATE ${arg_PRIVATE})
  target_precompile_headers(${name} REUSE_FROM parley_headers)
endfunction()

# parley_preloaded_library(NAME SOURCE…): a library that is loaded into programs of any language (ld.so(8), LD_PRELOAD), so
# it needs nothing but the C library.
function(parley_preloaded_library name)
  add_library(${name} SHARED ${ARGN})
  set_target_properties(${name} PROPERTIES CXX_VISIBILITY_PRESET hidden)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/harness)
  target_compile_options(${name} PRIVATE -fno-exceptions -fno-rtti -fno-sanitize=all)
  target_link_options(${name} PRIVATE -fno-sanitize=all -nodefaultlibs)
  target_link_libraries(${name} PRIVATE parley_settings ${CMAKE_DL_LIBS} gcc c)
endfunction()

# What is tested is optimised; to optimise the tests besides takes two thirds of the time that they take to compile, and
# what debuggers need of them a third of the rest. The preset `debug` is for debugging them.
add_library(parley_test_settings INTERFACE)
target_compile_options(parley_test_settings INTERFACE -O0 $<$<CONFIG:RelWithDebInfo>:-g0>)
target_link_libraries(parley_test_settings INTERFACE parley_settings)

# parley_test(NAME SOURCES … DEPENDS …): a GoogleTest program whose tests CTest sees one by one.
function(parley_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS")
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/harness)
  target_link_libraries(${name} PRIVATE parley_test_settings ${arg_DEPENDS} GTest::gmock_main)
  target_precompile_headers(${name} REUSE_FROM parley_test_headers)
  target_compile_definitions(${name} PRIVATE
    PARLEY_SOURCE_DIR="${PROJECT_SOURCE_DIR}" PARLEY_BUILD_DIR="${PROJECT_BINARY_DIR}")
  gtest_discover_tests(${name} TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
endfunction()
