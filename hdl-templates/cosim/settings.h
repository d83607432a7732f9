// What the command line of a simulator says.
#pragma once
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace {

struct Settings {
  std::string folder;
  std::string trace;
  std::string coverage;
  uint64_t budget = 0, seed = 0, stall = 500, burst = 10, burst_cycles = 64, drain = 0, spread = 0;
  uint64_t trace_from = 0, trace_to = UINT64_MAX, reset_at = UINT64_MAX;
  bool probe = false;
  uint64_t port_bits = 0, port_latency = 0;  // 0 bits: there is no port
  std::vector<std::pair<std::string, uint64_t>> port_streams;  // bits of a beat of each stream that crosses it
};

[[noreturn]] void wrong_call(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  exit(2);
}

struct Arguments {
  int count;
  char** values;
  int next = 1;

  const char* take(const char* option) {
    if (next >= count) wrong_call("%s lacks its value", option);
    return values[next++];
  }
  uint64_t number(const char* option) { return number(option, take(option)); }
  std::pair<std::string, uint64_t> pair(const char* option) {
    const std::string text = take(option);
    const size_t equals = text.find('=');
    if (equals == std::string::npos) wrong_call("%s %s: STREAM=NUMBER is the form", option, text.c_str());
    return {text.substr(0, equals), number(option, text.c_str() + equals + 1)};
  }
  static uint64_t number(const char* option, const char* text) {
    char* end = nullptr;
    const uint64_t value = strtoull(text, &end, 10);
    if (!*text || *end) wrong_call("%s: %s is no number", option, text);
    return value;
  }
};

}  // namespace
