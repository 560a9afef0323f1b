#include "frames/nut_packets.h"

#include <cstring>
#include <initializer_list>

#include "frames/nut_crc.h"

namespace vas::frames {

namespace {

using Bytes = std::vector<uint8_t>;

constexpr char kFileId[] = "nut/multimedia container";  // with its NUL
constexpr uint64_t kMainCode = 0x4e4d7a561f5f04ad;
constexpr uint64_t kStreamCode = 0x4e5311405bf2f9db;
constexpr uint64_t kSyncPointCode = 0x4e4be4adeeca4569;
constexpr uint64_t kKey = 1;
// Everything is coded in each picture's header, which has a checksum.
constexpr uint64_t kCoded = 8 | 32 | 64;
// A pipe: without this flag each picture would need a synchronisation point, and FFmpeg keeps all of them for ever.
constexpr uint64_t kPipe = 2;
constexpr int kMsbShift = 7;

void Value(uint64_t value, Bytes& out) {
  int shift = 63;
  while (shift > 0 && (value >> shift) == 0) shift -= 7;
  for (; shift > 0; shift -= 7) out.push_back(static_cast<uint8_t>(0x80 | ((value >> shift) & 0x7f)));
  out.push_back(static_cast<uint8_t>(value & 0x7f));
}

void Values(std::initializer_list<uint64_t> values, Bytes& out) {
  for (const uint64_t value : values) Value(value, out);
}

void Checksum(size_t from, Bytes& out) {
  const uint32_t crc = NutCrc(std::span(out).subspan(from));
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<uint8_t>(crc >> shift));
}

void Packet(uint64_t code, Bytes body, Bytes& out) {
  Checksum(0, body);
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<uint8_t>(code >> shift));
  Value(body.size(), out);
  out.insert(out.end(), body.begin(), body.end());
}

}  // namespace

void NutPackets::Begin(std::string_view fourcc, Bytes& out) {
  out.insert(out.end(), kFileId, kFileId + sizeof(kFileId));
  Bytes body;
  // Version 4.1, one stream, largest distance, one time base.
  Values({4, 1, 1, 65536, 1, 1, 90000}, body);
  // Frame code 0 is a key frame, 1 another one: flags, six fields, of which the last is how often.
  Values({kKey | kCoded, 6, 0, 1, 0, 0, 0, 1}, body);
  Values({kCoded, 6, 0, 1, 0, 0, 0, 254}, body);
  Values({0, kPipe}, body);  // no elided headers
  Packet(kMainCode, body, out);
  body.clear();
  Values({0, 0, fourcc.size()}, body);
  body.insert(body.end(), fourcc.begin(), fourcc.end());
  // Time base, then no delay, no flags, nothing specific; the real size is in the pictures.
  Values({0, kMsbShift, 90000, 0, 0, 0, 16, 16, 0, 0, 0}, body);
  Packet(kStreamCode, body, out);
  body.clear();
  Values({0, 0}, body);
  Packet(kSyncPointCode, body, out);
}

void NutPackets::Frame(int64_t pts, bool key, std::span<const uint8_t> data, Bytes& out) {
  const size_t from = out.size();
  out.push_back(key ? 0 : 1);
  Values({static_cast<uint64_t>(pts) + (1 << kMsbShift), data.size()}, out);
  Checksum(from, out);
  out.insert(out.end(), data.begin(), data.end());
}

}  // namespace vas::frames
