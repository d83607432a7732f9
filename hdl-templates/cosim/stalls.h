// When a stream waits: the same for the same seed.
#pragma once
#include <algorithm>
#include <cstdint>
#include "settings.h"

namespace {

// SplitMix64: small, fast, and every seed is a good one.
struct Generator {
  uint64_t state = 0;
  uint64_t next() {
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  bool chance(uint64_t permille) { return next() % 1000 < permille; }
  bool chance_in_million(uint64_t parts) { return next() % 1000000 < parts; }
};

// Single stalls, and now and then a long one that lets buffers run full or empty.
class Stalls {
 public:
  // transfers: how many the stream is to have.
  void start(const Settings& settings, uint64_t stream, uint64_t transfers) {
    settings_ = &settings;
    random_.state = settings.seed * 0x100000001b3u + stream;
    random_.state = random_.next();
    rate_ = 1000 * settings.stall;
    if (settings.spread > 0) rate_ = uneven_rate(transfers);
  }
  bool operator()() {
    if (settings_->seed == 0) return false;
    if (burst_left_ > 0) return --burst_left_, true;
    if (random_.chance(settings_->burst)) return burst_left_ = random_.next() % settings_->burst_cycles, true;
    return random_.chance_in_million(rate_);
  }

 private:
  // One stream never waits, the transfers of another come one by one over the whole run: that is when buffers run full and empty.
  uint64_t uneven_rate(uint64_t transfers) {
    const uint64_t spread = 1000000 - 1000000 * std::min(transfers, settings_->spread) / settings_->spread;
    const uint64_t rates[] = {0, 250 * settings_->stall, 1000 * settings_->stall, std::min<uint64_t>(spread, 999000)};
    return rates[random_.next() % 4];
  }

  const Settings* settings_ = nullptr;
  Generator random_;
  uint64_t rate_ = 0;  // in a million cycles
  uint64_t burst_left_ = 0;
};

}  // namespace
