// The receiving end of a stream's lossy hand-over: a UDP port on loopback. The ingest sends to it whether anybody
// reads or not; nothing that happens here can reach back.
#pragma once

#include <cstdint>
#include <span>

#include "frames/mapping.h"

namespace vas::frames {

class Handover {
 public:
  // Throws FrameError kRefused.
  Handover();

  uint16_t port() const { return port_; }
  int fd() const { return socket_.get(); }

  // The next datagram of a process of this user; 0 when none is waiting. Others' are thrown away.
  size_t Receive(std::span<uint8_t> into);
  // Throws away what has been waiting.
  void Drain();

 private:
  bool IsOurs(uint16_t sender);

  Descriptor socket_;
  uint16_t port_ = 0;
  int trusted_ = -1;
  int refused_ = -1;
};

}  // namespace vas::frames
