// Writes NUT as its specification says, independently of the parser: one NV12 stream, a synchronisation point before
// each picture.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace vas::test {

class NutWriter {
 public:
  using Bytes = std::vector<uint8_t>;

  static Bytes FileId() {
    const char id[] = "nut/multimedia container";
    return Bytes(id, id + sizeof(id));
  }

  static Bytes Main(uint32_t num, uint32_t den) {
    Bytes body;
    for (const uint64_t value : {uint64_t{3}, uint64_t{1}, uint64_t{65536}, uint64_t{1}, uint64_t{num}, uint64_t{den}}) V(body, value);
    // One entry for all frame codes: everything is coded in the frame (coded flags, pts, size msb).
    V(body, 1 | 8 | 32 | 64);  // key, coded pts, size msb, checksum
    V(body, 6);
    S(body, 0);
    V(body, 1);  // multiplier
    V(body, 0);  // stream
    V(body, 0);  // size lsb
    V(body, 0);  // reserved
    V(body, 255);
    V(body, 0);  // no elision headers
    return Packet(0x4e4d7a561f5f04ad, body);
  }

  static Bytes Stream(uint32_t width, uint32_t height, const char* fourcc = "NV12") {
    Bytes body;
    V(body, 0);
    V(body, 0);
    V(body, 4);
    body.insert(body.end(), fourcc, fourcc + 4);
    V(body, 0);   // time base
    V(body, 7);   // msb_pts_shift
    V(body, 90000);
    V(body, 0);
    V(body, 1);
    V(body, 0);
    V(body, width);
    V(body, height);
    for (int i = 0; i < 3; ++i) V(body, 0);
    return Packet(0x4e5311405bf2f9db, body);
  }

  static Bytes SyncPoint(uint64_t pts) {
    Bytes body;
    V(body, pts);
    V(body, 0);
    return Packet(0x4e4be4adeeca4569, body);
  }

  static Bytes Frame(int64_t pts, const Bytes& pixels) {
    Bytes head{0x00};
    V(head, static_cast<uint64_t>(pts) + (1 << 7));
    V(head, pixels.size());
    Checksum(head, 0);
    head.insert(head.end(), pixels.begin(), pixels.end());
    return head;
  }

  static void V(Bytes& out, uint64_t value) {
    int shift = 63;
    while (shift > 0 && (value >> shift) == 0) shift -= 7;
    for (; shift > 0; shift -= 7) out.push_back(static_cast<uint8_t>(0x80 | ((value >> shift) & 0x7f)));
    out.push_back(static_cast<uint8_t>(value & 0x7f));
  }
  static void S(Bytes& out, int64_t value) { V(out, value <= 0 ? static_cast<uint64_t>(-value) * 2 : static_cast<uint64_t>(value) * 2 - 1); }

 private:
  static Bytes Packet(uint64_t code, Bytes body) {
    Checksum(body, 0);
    Bytes out;
    for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<uint8_t>(code >> shift));
    V(out, body.size());
    out.insert(out.end(), body.begin(), body.end());
    return out;
  }

  // Bit by bit, as the definition has it.
  static void Checksum(Bytes& bytes, size_t from) {
    uint32_t crc = 0;
    for (size_t i = from; i < bytes.size(); ++i) {
      crc ^= static_cast<uint32_t>(bytes[i]) << 24;
      for (int bit = 0; bit < 8; ++bit) crc = crc & 0x80000000U ? (crc << 1) ^ 0x04c11db7U : crc << 1;
    }
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<uint8_t>(crc >> shift));
  }
};

inline NutWriter::Bytes operator+(NutWriter::Bytes left, const NutWriter::Bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

}  // namespace vas::test
