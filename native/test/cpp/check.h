// The smallest test harness that says where it failed.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#define CHECK(condition)                                                                   \
  do {                                                                                     \
    if (!(condition)) {                                                                    \
      std::fprintf(stderr, "%s:%d: CHECK(%s) failed\n", __FILE__, __LINE__, #condition);   \
      std::exit(1);                                                                        \
    }                                                                                      \
  } while (false)

// The code of the FrameError that `work` throws.
#define CHECK_THROWS(work, expected)                    \
  do {                                                  \
    bool threw = false;                                 \
    try {                                               \
      work;                                             \
    } catch (const vas::frames::FrameError& error) {    \
      threw = true;                                     \
      CHECK(error.code() == (expected));                \
    }                                                   \
    CHECK(threw);                                       \
  } while (false)

namespace vas::test {

struct Registry {
  std::vector<std::pair<std::string, std::function<void()>>> tests;
  static Registry& All() {
    static Registry all;
    return all;
  }
};

struct Register {
  Register(const char* name, std::function<void()> body) { Registry::All().tests.emplace_back(name, std::move(body)); }
};

inline int RunAll() {
  for (auto& [name, body] : Registry::All().tests) {
    try {
      body();
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s: %s\n", name.c_str(), error.what());
      return 1;
    }
    std::printf("ok %s\n", name.c_str());
    std::fflush(stdout);
  }
  std::printf("%zu tests\n", Registry::All().tests.size());
  return 0;
}

}  // namespace vas::test

#define VAS_JOIN_(a, b) a##b
#define VAS_JOIN(a, b) VAS_JOIN_(a, b)
#define TEST(name)                                                                   \
  static void VAS_JOIN(Test, __LINE__)();                                            \
  static const vas::test::Register VAS_JOIN(register, __LINE__)(name, VAS_JOIN(Test, __LINE__)); \
  static void VAS_JOIN(Test, __LINE__)()
