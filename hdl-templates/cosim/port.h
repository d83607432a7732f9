// A memory behind one port that several streams share.
#pragma once
#include <algorithm>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>
#include "settings.h"

namespace {

// What crosses the port for one stream, beat by beat. Beats of an input are asked for ahead, as many as the queue has room for; those of an
// output wait here until the port takes them.
class Queue {
 public:
  // room: beats that are under way or wait.
  Queue(uint64_t bits, uint64_t room) : bits_(bits), room_(room) {}

  void reset(uint64_t beats_to_ask_for) {
    left_ = beats_to_ask_for;
    arrivals_.clear();
    waiting_ = 0;
  }
  uint64_t bits() const { return bits_; }
  bool wants_in() const { return left_ > 0 && arrivals_.size() < room_; }
  bool wants_out() const { return waiting_ > 0; }
  void cross(uint64_t arrival) {
    if (waiting_ > 0) {
      waiting_--;
    } else {
      left_--;
      arrivals_.push_back(arrival);
    }
  }
  bool has_arrived(uint64_t cycle) const { return !arrivals_.empty() && arrivals_.front() <= cycle; }
  void take() { arrivals_.pop_front(); }
  bool has_room() const { return waiting_ < room_; }
  void put() { waiting_++; }

 private:
  uint64_t bits_, room_, left_ = 0, waiting_ = 0;
  std::deque<uint64_t> arrivals_;
};

// So many bits cross it in a cycle, of one beat after the other; the queues have their turns. What was asked for arrives after the latency.
class Port {
 public:
  void start(const Settings& settings) {
    for (const auto& [name, bits] : settings.port_streams) {
      names_.push_back(name);
      // Whatever the latency, a beat a cycle can be under way, or as many as the port brings.
      const uint64_t in_flight = settings.port_latency * std::min(settings.port_bits, bits) / bits;
      queues_.emplace_back(bits, 2 + in_flight);
    }
    bits_per_cycle_ = settings.port_bits;
    latency_ = settings.port_latency;
  }

  // Null for a stream that does not cross the port.
  Queue* find(const char* name) {
    for (size_t k = 0; k < names_.size(); k++)
      if (names_[k] == name) return &queues_[k];
    return nullptr;
  }

  void restart() {
    crossing_ = nullptr;
    turn_ = 0;
  }

  void step(uint64_t cycle) {
    uint64_t left = bits_per_cycle_;
    while (left > 0 && (crossing_ || (crossing_ = next()))) {
      const uint64_t part = std::min(left, bits_left_);
      left -= part;
      bits_left_ -= part;
      if (bits_left_ > 0) break;
      crossing_->cross(cycle + latency_);
      crossing_ = nullptr;
    }
  }

 private:
  Queue* next() {
    for (size_t k = 0; k < queues_.size(); k++) {
      Queue& queue = queues_[turn_];
      turn_ = (turn_ + 1) % queues_.size();
      if (queue.wants_in() || queue.wants_out()) {
        bits_left_ = queue.bits();
        return &queue;
      }
    }
    return nullptr;
  }

  uint64_t bits_per_cycle_ = 0, latency_ = 0, bits_left_ = 0;
  size_t turn_ = 0;
  Queue* crossing_ = nullptr;
  std::vector<std::string> names_;
  std::deque<Queue> queues_;
};

}  // namespace
