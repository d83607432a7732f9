// Valid/ready streams of a Verilated design, from and to files.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>
#include "port.h"
#include "settings.h"
#include "stalls.h"
#include "verilated.h"

namespace {

FILE* open_result(const std::string& path) {
  FILE* file = fopen(path.c_str(), "wb");
  if (!file) wrong_call("%s cannot be written", path.c_str());
  setvbuf(file, nullptr, _IOFBF, 1 << 20);
  return file;
}

// Puts what was written so far aside and begins anew.
FILE* cut_result(FILE* file, const std::string& path, const std::string& cut) {
  fclose(file);
  if (rename(path.c_str(), cut.c_str())) wrong_call("%s cannot be written", cut.c_str());
  return open_result(path);
}

void write_cycle(FILE* file, uint64_t cycle) { fwrite(&cycle, sizeof cycle, 1, file); }

// A stream that the design takes transfers from.
struct Input {
  const char* name;
  size_t bits;
  CData* valid;
  const CData* ready;
  uint8_t* data;
  size_t bytes = (bits + 7) / 8;
  std::vector<uint8_t> beats;
  size_t count = 0, sent = 0;
  bool offering = false, poisoned = false;
  Stalls stalls;
  Queue* queue = nullptr;  // of the port that it comes through
  FILE* taken = nullptr;

  void start(const Settings& settings, uint64_t stream, Port& port) {
    load(settings.folder + "/" + name + ".in");
    queue = port.find(name);
    if (queue) queue->reset(count);
    stalls.start(settings, stream, count);
    taken = open_result(settings.folder + "/" + name + ".taken");
    *valid = 0;
    poison();
  }

  void restart(const Settings& settings) {
    const std::string path = settings.folder + "/" + name;
    taken = cut_result(taken, path + ".taken", path + ".cut");
    sent = 0;
    offering = poisoned = false;
    if (queue) queue->reset(count);
    poison();
  }

  void load(const std::string& path) {
    FILE* file = fopen(path.c_str(), "rb");
    if (!file) return;
    fseek(file, 0, SEEK_END);
    beats.resize(static_cast<size_t>(ftell(file)));
    rewind(file);
    const bool complete = fread(beats.data(), 1, beats.size(), file) == beats.size();
    fclose(file);
    if (!complete || beats.size() % bytes) wrong_call("%s: %zu bytes are no whole beats of %zu", path.c_str(), beats.size(), bytes);
    count = beats.size() / bytes;
    for (size_t k = 0; k < count; k++)
      if (beats[k * bytes + bytes - 1] & ~last_mask()) wrong_call("%s: beat %zu has more than %zu bits", path.c_str(), k, bits);
  }

  uint8_t last_mask() const { return bits % 8 ? (1 << bits % 8) - 1 : 0xff; }

  // While nothing is offered the payload is wrong in every bit, so that taking it shows.
  void poison() {
    if (poisoned) return;
    poisoned = true;
    for (size_t k = 0; k < bytes; k++) data[k] = sent < count ? ~beats[sent * bytes + k] : ~data[k];
    data[bytes - 1] &= last_mask();
  }

  void drive(uint64_t cycle) {
    if (!offering && sent < count && !stalls() && (!queue || queue->has_arrived(cycle))) {
      offering = true;
      memcpy(data, &beats[sent * bytes], bytes);
      poisoned = false;
    }
    if (!offering) poison();
    *valid = offering;
  }

  void transfer(uint64_t cycle) {
    if (!offering || !*ready) return;
    write_cycle(taken, cycle);
    sent++;
    if (queue) queue->take();
    offering = false;
  }
};

// A stream that the design offers transfers on; a monitor has no ready.
struct Output {
  const char* name;
  size_t bits;
  const CData* valid;
  CData* ready;
  const uint8_t* data;
  size_t bytes = (bits + 7) / 8;
  std::vector<uint8_t> owed_beat = std::vector<uint8_t>(bytes);
  bool owed = false, expecting = false;
  uint64_t expected = 0, received = 0;
  Stalls stalls;
  Queue* queue = nullptr;  // of the port that it goes through
  FILE* results = nullptr;

  void start(const Settings& settings, uint64_t stream, Port& port) {
    stalls.start(settings, stream, expected);
    queue = port.find(name);
    if (queue) queue->reset(0);
    results = open_result(settings.folder + "/" + name + ".out");
    if (ready) *ready = 0;
  }

  void restart(const Settings& settings) {
    const std::string path = settings.folder + "/" + name;
    results = cut_result(results, path + ".out", path + ".cut");
    received = 0;
    owed = false;
    if (queue) queue->reset(0);
  }

  void drive(bool draining) {
    if (ready) *ready = draining || (!stalls() && (!queue || queue->has_room()));
  }

  bool kept_its_offer() const { return !owed || (*valid && memcmp(data, owed_beat.data(), bytes) == 0); }

  void transfer(uint64_t cycle) {
    const bool taken = *valid && (!ready || *ready);
    if (*valid && !taken && !owed) memcpy(owed_beat.data(), data, bytes);
    owed = *valid && !taken;
    if (!taken) return;
    write_cycle(results, cycle);
    fwrite(data, 1, bytes, results);
    if (queue) queue->put();
    received++;
  }
};

}  // namespace
