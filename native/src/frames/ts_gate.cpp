#include "frames/ts_gate.h"

#include <algorithm>

#include "frames/ts.h"

namespace vas::frames {

namespace {

constexpr int kPatPid = 0;
constexpr int kSdtPid = 0x11;
constexpr int kNullPid = 0x1fff;
// The first program's map; -1 when the section is not understood.
int PmtPidOf(std::span<const uint8_t> payload) {
  if (payload.empty()) return -1;
  const size_t section = size_t{1} + payload[0];
  if (section + 12 > payload.size() || payload[section] != 0) return -1;
  for (size_t at = section + 8; at + 4 <= payload.size() && at < section + 20; at += 4) {
    const int program = payload[at] << 8 | payload[at + 1];
    if (program != 0) return (payload[at + 2] & 0x1f) << 8 | payload[at + 3];
  }
  return -1;
}

}  // namespace

void TsGate::Lose() {
  if (open_) ++losses_;
  open_ = false;
}

bool TsGate::PassedKeyFrame(int64_t after, int64_t until) const {
  const int64_t span = until - after;
  const size_t count = std::min(key_count_, key_pts_.size());
  return std::any_of(key_pts_.begin(), key_pts_.begin() + static_cast<ptrdiff_t>(count),
                     [until, span](int64_t key) { return ((until - key) & kPtsMask) < span; });
}

void TsGate::Feed(std::span<const uint8_t> datagram, std::vector<uint8_t>& out) {
  if (datagram.size() % kPacket != 0) {
    Lose();
    return;
  }
  for (size_t at = 0; at < datagram.size(); at += kPacket) One(datagram.subspan(at, kPacket), out);
}

void TsGate::One(std::span<const uint8_t> packet, std::vector<uint8_t>& out) {
  ++packets_;
  if (packet[0] != 0x47 || (packet[1] & 0x80)) {
    Lose();
    return;
  }
  const int pid = (packet[1] & 0x1f) << 8 | packet[2];
  const bool starts = packet[1] & 0x40;
  const bool has_adaptation = packet[3] & 0x20;
  const bool has_payload = packet[3] & 0x10;
  if (pid == kNullPid || pid == kSdtPid) return;
  size_t payload = 4;
  bool key = false;
  if (has_adaptation) {
    payload += size_t{1} + packet[4];
    if (payload > kPacket) {
      Lose();
      return;
    }
    key = packet[4] > 0 && (packet[5] & 0x40);
  }
  if (!has_payload) return;
  if (pid == kPatPid) {
    if (starts) pmt_pid_ = PmtPidOf(packet.subspan(payload));
    Table(packet, out, pat_, has_pat_);
  } else if (pid == pmt_pid_) {
    Table(packet, out, pmt_, has_pmt_);
  } else {
    if (video_pid_ < 0 && starts && IsVideoPes(packet.subspan(payload))) video_pid_ = pid;
    if (pid == video_pid_) Video(packet, payload, key, starts, out);
  }
}

// Our own muxer's tables fit into one packet each; the newest is kept for the next opening.
void TsGate::Table(std::span<const uint8_t> packet, std::vector<uint8_t>& out, PacketBytes& kept, bool& has) {
  std::copy(packet.begin(), packet.end(), kept.begin());
  has = true;
  if (open_) out.insert(out.end(), packet.begin(), packet.end());
}

void TsGate::Video(std::span<const uint8_t> packet, size_t payload, bool key, bool starts, std::vector<uint8_t>& out) {
  const int counter = packet[3] & 0x0f;
  // The standard lets a packet be repeated. Our muxer repeats none, so the same number again means fifteen are missing.
  if (last_counter_ >= 0 && counter != ((last_counter_ + 1) & 0x0f)) Lose();
  last_counter_ = counter;
  if (!open_) {
    if (!starts || !key || !has_pat_ || !has_pmt_) return;
    open_ = true;
    out.insert(out.end(), pat_.begin(), pat_.end());
    out.insert(out.end(), pmt_.begin(), pmt_.end());
    // The decoder's demuxer must see the gap, always, or it would take what it has of the last picture for a whole.
    if (sent_counter_ >= 0) shift_ = (sent_counter_ + 2 - counter) & 0x0f;
  }
  if (starts && key) {
    ++key_frames_;
    key_pts_[key_count_++ % key_pts_.size()] = PtsOf(packet.subspan(payload));
  }
  sent_counter_ = (counter + shift_) & 0x0f;
  out.insert(out.end(), packet.begin(), packet.end());
  uint8_t& field = out[out.size() - kPacket + 3];
  field = static_cast<uint8_t>((field & 0xf0) | sent_counter_);
}

}  // namespace vas::frames
