#include "frames/nut.h"

#include <algorithm>
#include <cstring>

#include "frames/nut_crc.h"

namespace vas::frames {

namespace {

constexpr char kFileId[] = "nut/multimedia container";  // with its NUL
constexpr uint64_t kMainCode = 0x4e4d7a561f5f04ad;
constexpr uint64_t kStreamCode = 0x4e5311405bf2f9db;
constexpr uint64_t kSyncPointCode = 0x4e4be4adeeca4569;

enum Flag : uint32_t {
  kCodedPts = 8,
  kStreamId = 16,
  kSizeMsb = 32,
  kChecksum = 64,
  kReserved = 128,
  kSideData = 256,
  kHeaderIndex = 1024,
  kMatchTime = 2048,
  kCoded = 4096,
  kInvalid = 8192,
};

constexpr uint64_t kMaxSize = uint64_t{1} << 28;
constexpr int64_t kMaxPts = int64_t{1} << 60;

uint64_t BigEndian64(const uint8_t* at) {
  uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = (value << 8) | at[i];
  return value;
}

}  // namespace

// Reads fields off the front. Whatever is read after the end is 0, and `short_of` says so.
class NutParser::Reader {
 public:
  explicit Reader(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  uint64_t V() {
    uint64_t value = 0;
    for (int i = 0; i < 10; ++i) {
      const uint8_t byte = Byte();
      if (value >> 57) bad_ = true;
      value = (value << 7) | (byte & 0x7f);
      if (!(byte & 0x80)) return value;
    }
    bad_ = true;
    return 0;
  }
  int64_t S() {
    const uint64_t value = V() + 1;
    return value & 1 ? -static_cast<int64_t>(value >> 1) : static_cast<int64_t>(value >> 1);
  }
  uint8_t Byte() {
    if (at_ >= bytes_.size()) {
      short_ = true;
      return 0;
    }
    return bytes_[at_++];
  }
  std::span<const uint8_t> Bytes(uint64_t count) {
    if (count > bytes_.size() - at_) {
      short_ = true;
      return {};
    }
    at_ += count;
    return bytes_.subspan(at_ - count, count);
  }
  bool short_of() const { return short_; }
  bool bad() const { return bad_; }
  bool ok() const { return !short_ && !bad_; }
  size_t at() const { return at_; }

 private:
  std::span<const uint8_t> bytes_;
  size_t at_ = 0;
  bool short_ = false;
  bool bad_ = false;
};

NutParser::Result NutParser::Fail(const std::string& what) {
  if (error_.empty()) error_ = what;
  return {Event::kError, 0};
}

NutParser::Result NutParser::Next(std::span<const uint8_t> bytes) {
  if (!error_.empty()) return {Event::kError, 0};
  if (!begun_) {
    const size_t known = std::min(bytes.size(), sizeof(kFileId));
    if (std::memcmp(bytes.data(), kFileId, known) != 0) return Fail("the decoder's output is no NUT");
    if (known < sizeof(kFileId)) return {Event::kMore, 0};
    begun_ = true;
    return {Event::kNone, sizeof(kFileId)};
  }
  if (bytes.empty()) return {Event::kMore, 0};
  return bytes[0] == 'N' ? Packet(bytes) : Frame(bytes);
}

NutParser::Result NutParser::Packet(std::span<const uint8_t> bytes) {
  if (bytes.size() < 8) return {Event::kMore, 0};
  const uint64_t code = BigEndian64(bytes.data());
  Reader length_reader(bytes.subspan(8));
  const uint64_t length = length_reader.V();
  if (length_reader.bad()) return Fail("a packet has an impossible length");
  if (length_reader.short_of()) return {Event::kMore, 0};
  if (length < 4 || length > kMaxPacket - 64) return Fail("a packet has an impossible length");
  size_t header = 8 + length_reader.at();
  if (length > 4096) {
    if (bytes.size() < header + 4) return {Event::kMore, 0};
    if (NutCrc(bytes.first(header + 4)) != 0) return Fail("a packet's header is damaged");
    header += 4;
  }
  const size_t total = header + length;
  if (bytes.size() < total) return {Event::kMore, 0};
  const auto payload = bytes.subspan(header, length);
  if (NutCrc(payload) != 0) return Fail("a packet is damaged");
  Reader in(payload.first(length - 4));
  Event event = Event::kNone;
  if (code == kMainCode) {
    if (!MainHeader(in)) return Fail("the main header is damaged");
  } else if (code == kStreamCode) {
    const NutVideo before = video_;
    const bool first = !has_stream_;
    if (!StreamHeader(in)) return Fail("the stream header is not that of a video, or damaged");
    if (first || video_ != before) event = Event::kStream;
  } else if (code == kSyncPointCode) {
    if (!SyncPoint(in)) return Fail("a synchronisation point is damaged");
  }
  // Info and index packets, and those of later versions, are of no interest.
  return {event, total};
}

bool NutParser::MainHeader(Reader& in) {
  const uint64_t version = in.V();
  if (version < 2 || version > 4) return false;
  if (version > 3) in.V();
  streams_ = static_cast<uint32_t>(std::min<uint64_t>(in.V(), 1000));
  in.V();  // max_distance
  const uint64_t count = in.V();
  if (streams_ != 1 || count < 1 || count > 16) return false;
  time_bases_.clear();
  for (uint64_t i = 0; i < count; ++i) {
    const uint64_t num = in.V();
    const uint64_t den = in.V();
    if (num < 1 || den < 1 || num > 0x7fffffff || den > 0x7fffffff) return false;
    time_bases_.push_back({static_cast<uint32_t>(num), static_cast<uint32_t>(den)});
  }
  int64_t pts = 0;
  uint64_t multiplier = 1;
  uint64_t stream = 0;
  uint64_t header = 0;
  for (uint32_t i = 0; i < 256;) {
    const uint64_t flags = in.V();
    const uint64_t fields = in.V();
    if (fields > 64) return false;
    if (fields > 0) pts = in.S();
    if (fields > 1) multiplier = in.V();
    if (fields > 2) stream = in.V();
    uint64_t size = fields > 3 ? in.V() : 0;
    const uint64_t reserved = fields > 4 ? in.V() : 0;
    const uint64_t repeat = fields > 5 ? in.V() : multiplier - size;
    if (fields > 6) in.S();  // match time
    if (fields > 7) header = in.V();
    for (uint64_t j = 8; j < fields; ++j) in.V();
    if (!in.ok() || repeat < 1 || repeat > 256 || multiplier > kMaxSize || size > kMaxSize || reserved > 256 || header > 127) return false;
    for (uint64_t j = 0; j < repeat && i < 256; ++i) {
      if (i == 'N') {
        codes_[i] = {.flags = kInvalid};
        continue;
      }
      codes_[i] = {static_cast<uint32_t>(flags), static_cast<uint32_t>(stream), multiplier, size++, pts,
                   static_cast<uint32_t>(reserved), static_cast<uint32_t>(header)};
      ++j;
    }
  }
  for (auto& each : elided_) each.clear();
  const uint64_t headers = in.V();
  if (headers > 127) return false;
  for (uint64_t i = 1; i <= headers; ++i) {
    const auto bytes = in.Bytes(in.V());
    if (bytes.size() > 255) return false;
    elided_[i].assign(bytes.begin(), bytes.end());
  }
  has_main_ = in.ok();
  return has_main_;
}

bool NutParser::StreamHeader(Reader& in) {
  if (!has_main_) return false;
  const uint64_t id = in.V();
  const uint64_t kind = in.V();
  const auto fourcc = in.Bytes(in.V());
  const uint64_t time_base = in.V();
  const uint64_t shift = in.V();
  in.V();  // max_pts_distance
  in.V();  // decode_delay
  in.V();  // flags
  in.Bytes(in.V());  // codec-specific
  const uint64_t width = in.V();
  const uint64_t height = in.V();
  if (!in.ok() || id != 0 || kind != 0 || fourcc.size() != 4 || time_base >= time_bases_.size() || shift > 32) return false;
  if (width < 1 || height < 1 || width > 16384 || height > 16384) return false;
  stream_ = static_cast<uint32_t>(id);
  msb_shift_ = static_cast<int>(shift);
  uint32_t tag = 0;
  std::memcpy(&tag, fourcc.data(), 4);
  const TimeBase base = time_bases_[time_base];
  video_ = {tag, static_cast<uint32_t>(width), static_cast<uint32_t>(height), base.num, base.den};
  has_stream_ = true;
  return true;
}

bool NutParser::SyncPoint(Reader& in) {
  if (!has_stream_) return false;
  const uint64_t coded = in.V();
  if (!in.ok()) return false;
  const TimeBase from = time_bases_[coded % time_bases_.size()];
  const uint64_t value = coded / time_bases_.size();
  if (value > static_cast<uint64_t>(kMaxPts)) return false;
  // All streams go on from there; rounded down, as the specification says.
  const auto scaled = static_cast<__int128>(value) * from.num * video_.time_base_den /
                      (static_cast<__int128>(from.den) * video_.time_base_num);
  if (scaled > kMaxPts) return false;
  last_pts_ = static_cast<int64_t>(scaled);
  synced_ = true;
  return true;
}

NutParser::Result NutParser::Frame(std::span<const uint8_t> bytes) {
  if (!has_stream_) return Fail("a picture came before its description");
  Reader in(bytes);
  const FrameCode& code = codes_[in.Byte()];
  uint32_t flags = code.flags;
  if (flags & kInvalid) return Fail("a picture's first byte means nothing");
  if (flags & kCoded) flags ^= static_cast<uint32_t>(in.V());
  uint64_t stream = code.stream;
  if (flags & kStreamId) stream = in.V();
  int64_t pts = last_pts_ + code.pts_delta;
  if (flags & kCodedPts) {
    const uint64_t coded = in.V();
    const uint64_t limit = uint64_t{1} << msb_shift_;
    if (coded < limit) {
      const auto mask = static_cast<int64_t>(limit - 1);
      const int64_t base = last_pts_ - mask / 2;
      pts = ((static_cast<int64_t>(coded) - base) & mask) + base;
    } else {
      pts = coded - limit > static_cast<uint64_t>(kMaxPts) ? kMaxPts + 1 : static_cast<int64_t>(coded - limit);
    }
  }
  uint64_t size = code.size_lsb;
  if (flags & kSizeMsb) {
    const uint64_t msb = in.V();
    if (msb > kMaxSize) return Fail("a picture has an impossible size");
    size += code.size_multiplier * msb;
  }
  if (flags & kMatchTime) in.S();
  uint64_t header = code.header;
  if (flags & kHeaderIndex) header = in.V();
  uint64_t reserved = code.reserved;
  if (flags & kReserved) reserved = in.V();
  if (reserved > 256) return Fail("a picture's header is damaged");
  for (uint64_t i = 0; i < reserved && !in.short_of(); ++i) in.V();
  if (flags & kChecksum) in.Bytes(4);
  if (in.bad()) return Fail("a picture's header is damaged");
  if (in.short_of()) return bytes.size() > 4096 ? Fail("a picture's header is too long") : Result{Event::kMore, 0};
  if ((flags & kChecksum) && NutCrc(bytes.first(in.at())) != 0) return Fail("a picture's header is damaged");
  if (!synced_ || stream != stream_ || header > 127 || (flags & kSideData) || size > kMaxSize || pts > kMaxPts || pts < -kMaxPts)
    return Fail("a picture's header is damaged");
  const std::vector<uint8_t>& prefix = elided_[header];
  if (size != 0 && size < prefix.size()) return Fail("a picture's header is damaged");
  last_pts_ = pts;
  // Without bytes it only says that the stream pauses.
  if (size == 0) return {Event::kNone, in.at()};
  frame_ = {pts, static_cast<size_t>(size) - prefix.size(), prefix};
  return {Event::kFrame, in.at()};
}

}  // namespace vas::frames
