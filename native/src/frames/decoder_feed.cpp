#include "frames/decoder_feed.h"

#include <utility>

#include "frames/nut_packets.h"
#include "frames/ts.h"

namespace vas::frames {

namespace {

constexpr size_t kPacket = 188;

// What our ingest's muxer writes. It carries Motion JPEG as private data, which no demuxer would understand.
const char* FourccOf(int stream_type) {
  switch (stream_type) {
    case 0x01:
    case 0x02:
      return "mpg2";
    case 0x10:
      return "FMP4";
    case 0x1b:
      return "H264";
    case 0x24:
      return "HEVC";
    case 0x06:
      return "MJPG";
    default:
      return nullptr;
  }
}

// A packet is filled up where a picture ends, and nowhere else. One that happens to end with a packet, and is too large
// for its header to say how long it is, is known to have ended when the next one begins.
bool IsFilledUp(std::span<const uint8_t> packet) {
  if (!(packet[3] & 0x20)) return false;
  const size_t length = packet[4];
  if (length == 0) return true;
  const uint8_t flags = packet[5];
  // Flags, and the clocks that may follow.
  return length > size_t{1} + (flags & 0x10 ? 6 : 0) + (flags & 0x08 ? 6 : 0) || flags == 0;
}

}  // namespace

bool DecoderFeed::Take(std::span<const uint8_t> packets, std::vector<uint8_t>& out) {
  bool good = true;
  for (size_t at = 0; good && at + kPacket <= packets.size(); at += kPacket) good = One(packets.subspan(at, kPacket), out);
  return good;
}

bool DecoderFeed::One(std::span<const uint8_t> packet, std::vector<uint8_t>& out) {
  const int pid = (packet[1] & 0x1f) << 8 | packet[2];
  const bool starts = packet[1] & 0x40;
  size_t at = 4;
  bool key = false;
  if (packet[3] & 0x20) {
    at += size_t{1} + packet[4];
    key = packet[4] > 0 && (packet[5] & 0x40);
  }
  if (!(packet[3] & 0x10) || at >= kPacket) return true;
  const auto payload = packet.subspan(at);
  if (pid == 0) return true;
  if (starts && !IsVideoPes(payload)) {
    Map(payload);
    return true;
  }
  if (video_pid_ < 0 || pid != video_pid_) return true;
  const int counter = packet[3] & 0x0f;
  const bool gap = counter_ >= 0 && counter != ((counter_ + 1) & 0x0f);
  counter_ = counter;
  // Cut off by a loss.
  if (gap) in_picture_ = false;
  if (starts) {
    // That it ended is known only now, see IsFilledUp.
    if (in_picture_ && length_ == 0) Finish(out);
    if (!Start(payload, key)) return false;
  } else if (in_picture_) {
    picture_.insert(picture_.end(), payload.begin(), payload.end());
  }
  if (picture_.size() > kMaxPicture) {
    in_picture_ = false;
    picture_ = {};
    return false;
  }
  if (in_picture_ && (length_ > 0 ? picture_.size() >= length_ : IsFilledUp(packet))) Finish(out);
  return true;
}

// A program map: the first stream is the video. Ours fits into one packet.
void DecoderFeed::Map(std::span<const uint8_t> payload) {
  const size_t section = size_t{1} + payload[0];
  if (section + 12 > payload.size() || payload[section] != 2) return;
  const size_t info = (payload[section + 10] & 0x0f) << 8 | payload[section + 11];
  const size_t stream = section + 12 + info;
  if (stream + 5 > payload.size()) return;
  fourcc_ = FourccOf(payload[stream]);
  video_pid_ = (payload[stream + 1] & 0x1f) << 8 | payload[stream + 2];
}

bool DecoderFeed::Start(std::span<const uint8_t> pes, bool key) {
  const size_t header = size_t{9} + pes[8];
  in_picture_ = false;
  picture_.clear();
  if (header > pes.size() || fourcc_ == nullptr) return false;
  const size_t said = pes[4] << 8 | pes[5];
  const size_t rest = size_t{3} + pes[8];
  if (said != 0 && said <= rest) return false;
  length_ = said == 0 ? 0 : said - rest;
  const int64_t pts = PtsOf(pes);
  // Beyond the 33 bits of MPEG-TS; a picture without a time comes right after the one before.
  if (last_pts_ < 0) {
    pts_ = pts < 0 ? 0 : pts;
  } else if (pts < 0) {
    pts_ = last_pts_ + 1;
  } else {
    int64_t step = (pts - last_pts_) & kPtsMask;
    if (step > kPtsMask / 2) step -= kPtsMask + 1;
    pts_ = last_pts_ + step < 0 ? pts : last_pts_ + step;
  }
  last_pts_ = pts_;
  key_ = key;
  in_picture_ = true;
  picture_.insert(picture_.end(), pes.begin() + static_cast<ptrdiff_t>(header), pes.end());
  return true;
}

void DecoderFeed::Finish(std::vector<uint8_t>& out) {
  in_picture_ = false;
  if (length_ > 0 && picture_.size() > length_) picture_.resize(length_);
  if (!std::exchange(begun_, true)) NutPackets::Begin(fourcc_, out);
  NutPackets::Frame(pts_, key_, picture_, out);
  picture_.clear();
}

}  // namespace vas::frames
