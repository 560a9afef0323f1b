// Makes MPEG-TS packets of one video stream, independently of the gate.
#pragma once

#include <cstdint>
#include <vector>

namespace vas::test {

class TsWriter {
 public:
  using Bytes = std::vector<uint8_t>;
  static constexpr int kPmt = 0x1000;
  static constexpr int kVideo = 0x100;

  static Bytes Pat() {
    Bytes packet(188, 0xff);
    const uint8_t head[] = {0x47, 0x40, 0x00, 0x10, 0x00, 0x00, 0xb0, 0x0d, 0x00, 0x01, 0xc1, 0x00, 0x00,
                            0x00, 0x01, 0xf0, 0x00, 0x2a, 0xb1, 0x04, 0xb2};
    std::copy(head, head + sizeof(head), packet.begin());
    return packet;
  }
  static Bytes Pmt() {
    Bytes packet(188, 0xff);
    // One stream, H.264; nobody looks at the checksum.
    const uint8_t head[] = {0x47, 0x50, 0x00, 0x10, 0x00, 0x02, 0xb0, 0x12, 0x00, 0x01, 0xc1, 0x00, 0x00,
                            0xe1, 0x00, 0xf0, 0x00, 0x1b, 0xe1, 0x00, 0xf0, 0x00, 0x00, 0x00, 0x00, 0x00};
    std::copy(head, head + sizeof(head), packet.begin());
    return packet;
  }

  // Bytes of a picture in so many packets: without header of packet, adaptation fields and PES header.
  static constexpr size_t Payload(bool key, int packets, int filling = 0) {
    return static_cast<size_t>(packets) * 184 - (key ? 2 : 0) - 14 - static_cast<size_t>(filling);
  }

  // A picture of `packets` packets; the first one carries the PES header, which says its length if `sized`. The last
  // one is filled up with `filling` bytes; they need two packets.
  Bytes Picture(bool key, int64_t pts, int packets, bool sized = false, int filling = 0) {
    const size_t length = sized ? Payload(key, packets, filling) + 8 : 0;
    Bytes out;
    for (int i = 0; i < packets; ++i) {
      const bool fill = filling > 0 && i == packets - 1;
      Bytes packet(188, 0xab);
      packet[0] = 0x47;
      packet[1] = static_cast<uint8_t>((i == 0 ? 0x40 : 0) | (kVideo >> 8));
      packet[2] = kVideo & 0xff;
      packet[3] = static_cast<uint8_t>(((i == 0 && key) || fill ? 0x30 : 0x10) | counter_);
      counter_ = (counter_ + 1) & 15;
      if (fill) {
        packet[4] = static_cast<uint8_t>(filling - 1);
        for (int at = 5; at < 4 + filling; ++at) packet[static_cast<size_t>(at)] = at == 5 ? 0 : 0xff;
      }
      if (i == 0) {
        if (key) {
          packet[4] = 1;
          packet[5] = 0x40;
        }
        const auto at = static_cast<uint64_t>(pts);
        const uint8_t pes[] = {0, 0, 1, 0xe0, static_cast<uint8_t>(length >> 8), static_cast<uint8_t>(length), 0x80, 0x80, 5,
                               static_cast<uint8_t>(0x21 | (at >> 29 & 0x0e)), static_cast<uint8_t>(at >> 22),
                               static_cast<uint8_t>(at >> 14 | 1), static_cast<uint8_t>(at >> 7), static_cast<uint8_t>(at << 1 | 1)};
        std::copy(pes, pes + sizeof(pes), packet.begin() + (key ? 6 : 4));
      }
      out.insert(out.end(), packet.begin(), packet.end());
    }
    return out;
  }

 private:
  int counter_ = 0;
};

}  // namespace vas::test
