// Ring, parsers, gate and tap in plain C++, for the sanitizers.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <limits>
#include <thread>

#include "check.h"
#include "frames/assembler.h"
#include "frames/decoder_log.h"
#include "frames/frame_error.h"
#include "frames/pixel_copy.h"
#include "frames/ring_reader.h"
#include "frames/ring_writer.h"
#include "frames/decoder_feed.h"
#include "frames/ts_gate.h"
#include "nut_writer.h"
#include "preprocess/tensor.h"
#include "ts_writer.h"

using namespace vas;
using namespace vas::frames;
using vas::test::NutWriter;
using vas::test::TsWriter;
using vas::test::operator+;

namespace {

constexpr uint64_t kAnyAge = std::numeric_limits<uint64_t>::max();

std::string Path(const char* name) { return "/dev/shm/vas_test_cpp_" + std::to_string(getpid()) + "_" + name; }

RingPlan PlanOf(const std::string& path, size_t bytes = 4096) { return {path, "camera", 4, bytes, 1}; }

Picture PictureOf(uint32_t width, uint32_t height, int64_t pts) {
  return {width, height, pts, 1, 90000, 5, Matrix::kBt709, Range::kLimited};
}

// A judge that lets everything pass and remembers.
struct PassAll : Judge {
  std::vector<int64_t> pts;
  std::optional<Picture> OnPicture(const NutVideo& video, int64_t at) override {
    pts.push_back(at);
    return PictureOf(video.width, video.height, at);
  }
};

}  // namespace

TEST("a frame comes back as it was published") {
  RingWriter writer(PlanOf(Path("a")));
  RingReader reader(Path("a"));
  CHECK_THROWS(reader.Latest(kAnyAge), Code::kNoFrame);
  std::memset(writer.Begin(), 7, Nv12Bytes(16, 16));
  const uint64_t id = writer.Publish(PictureOf(16, 16, 90));
  CHECK(id == ((uint64_t{1} << 33) | 1));
  const FrameView view = reader.Latest(kAnyAge);
  CHECK(view.fields.frame_id == id && view.fields.pts == 90 && view.fields.stride == 16);
  CHECK(view.pixels[0] == std::byte{7} && view.StillValid());
  CHECK_THROWS(reader.ById(id + 1, kAnyAge), Code::kNoFrame);
}

TEST("a slot that is written is not readable, and a view of it is no longer valid") {
  RingWriter writer(PlanOf(Path("b")));
  RingReader reader(Path("b"));
  uint64_t first = 0;
  for (int i = 0; i < 4; ++i) {
    writer.Begin();
    const uint64_t id = writer.Publish(PictureOf(16, 16, i));
    if (i == 0) first = id;
  }
  const FrameView oldest = reader.ById(first, kAnyAge);
  CHECK(oldest.StillValid());
  writer.Begin();
  CHECK(!oldest.StillValid());
  CHECK_THROWS(reader.ById(first, kAnyAge), Code::kOverwritten);
  CHECK(reader.Latest(kAnyAge).fields.pts == 3);
  writer.Abandon();
  CHECK(!oldest.StillValid());
  CHECK_THROWS(reader.ById(first, kAnyAge), Code::kOverwritten);
  CHECK(reader.Latest(kAnyAge).fields.pts == 3);
}

TEST("a writer that goes away says so") {
  auto writer = std::make_unique<RingWriter>(PlanOf(Path("c")));
  RingReader reader(Path("c"));
  writer.reset();
  CHECK_THROWS(reader.Latest(kAnyAge), Code::kEnded);
  CHECK_THROWS(RingReader(Path("c")), Code::kNoRing);
}

TEST("any chunking of the decoder's output gives the same frames") {
  const size_t size = Nv12Bytes(16, 8);
  NutWriter::Bytes stream = NutWriter::FileId() + NutWriter::Main(1, 90000) + NutWriter::Stream(16, 8);
  for (uint8_t i = 1; i <= 5; ++i)
    stream = stream + NutWriter::SyncPoint(3000U * i) + NutWriter::Frame(3000 * i, NutWriter::Bytes(size, i));
  // A picture of another size is skipped, the one after it is not.
  stream = stream + NutWriter::Frame(18001, NutWriter::Bytes(size - 1, 9)) + NutWriter::Frame(18002, NutWriter::Bytes(size, 6));
  // A new description is a new epoch.
  stream = stream + NutWriter::Main(1, 90000) + NutWriter::Stream(8, 16) + NutWriter::SyncPoint(21000) +
           NutWriter::Frame(21000, NutWriter::Bytes(size, 7));
  uint32_t random = 1;
  for (int round = 0; round < 200; ++round) {
    PassAll judge;
    AssemblerCounts counts;
    FrameAssembler assembler({Path("d"), "camera", 8, 1 << 20, 5, 4}, judge, counts);
    for (size_t at = 0; at < stream.size();) {
      iovec parts[2];
      assembler.Buffers(parts);
      random = random * 1664525 + 1013904223;
      const size_t most = std::min<size_t>(stream.size() - at, 1 + (random >> 16) % (round < 100 ? 7 : 4096));
      const size_t one = std::min(most, parts[0].iov_len);
      std::memcpy(parts[0].iov_base, stream.data() + at, one);
      const size_t two = std::min(most - one, parts[1].iov_len);
      if (two > 0) std::memcpy(parts[1].iov_base, stream.data() + at + one, two);
      assembler.Received(one + two);
      at += one + two;
    }
    CHECK((judge.pts == std::vector<int64_t>{3000, 6000, 9000, 12000, 15000, 18002, 21000}));
    CHECK(counts.misfits == 1 && counts.published == 7 && counts.epoch == 6);
    RingReader reader(Path("d"));
    const FrameView last = reader.Latest(kAnyAge);
    CHECK(last.fields.epoch == 6 && last.fields.width == 8 && last.pixels[size - 1] == std::byte{7});
    const FrameView before = reader.ById((uint64_t{5} << 33) | 6, kAnyAge);
    CHECK(before.fields.width == 16 && before.pixels[0] == std::byte{6} && before.pixels[size - 1] == std::byte{6});
  }
}

TEST("pictures that need more than was granted, or no NV12, end the run") {
  const auto feed = [](const NutWriter::Bytes& bytes, size_t granted) {
    PassAll judge;
    AssemblerCounts counts;
    FrameAssembler assembler({Path("e"), "camera", 4, granted, 1, 1}, judge, counts);
    iovec parts[2];
    assembler.Buffers(parts);
    std::memcpy(parts[0].iov_base, bytes.data(), bytes.size());
    assembler.Received(bytes.size());
  };
  const auto head = NutWriter::FileId() + NutWriter::Main(1, 90000);
  CHECK_THROWS(feed(head + NutWriter::Stream(1920, 1080), 1 << 20), Code::kNoSpace);
  CHECK_THROWS(feed(head + NutWriter::Stream(16, 8, "I420"), 1 << 20), Code::kRefused);
  CHECK_THROWS(feed(head + NutWriter::Stream(16, 8) + NutWriter::Stream(8, 16), 1 << 20), Code::kRefused);
  CHECK_THROWS(feed(NutWriter::Main(1, 90000), 1 << 20), Code::kRefused);
  auto damaged = head;
  damaged[40] ^= 1;
  CHECK_THROWS(feed(damaged, 1 << 20), Code::kRefused);
}

TEST("the gate opens with a key frame, and after a loss with the next one") {
  TsGate gate;
  TsWriter ts;
  std::vector<uint8_t> out;
  const auto feed = [&](const TsWriter::Bytes& bytes) {
    out.clear();
    gate.Feed(bytes, out);
    return out.size() / 188;
  };
  CHECK(feed(ts.Picture(false, 100, 3)) == 0);
  CHECK(feed(ts.Picture(true, 200, 2)) == 0);  // without tables nobody could read it
  CHECK(feed(TsWriter::Pat()) == 0 && feed(TsWriter::Pmt()) == 0);
  CHECK(feed(ts.Picture(false, 300, 3)) == 0);
  CHECK(feed(ts.Picture(true, 400, 3)) == 5);
  CHECK(gate.PassedKeyFrame(300, 400) && gate.PassedKeyFrame(300, 900) && gate.PassedKeyFrame(399, 400));
  CHECK(!gate.PassedKeyFrame(300, 399) && !gate.PassedKeyFrame(400, 900) && !gate.PassedKeyFrame(300, 300));
  constexpr int64_t kTurn = int64_t{1} << 33;
  CHECK(gate.PassedKeyFrame(kTurn - 5, kTurn + 400) && !gate.PassedKeyFrame(kTurn - 5, kTurn + 399));
  CHECK(feed(ts.Picture(false, 500, 3)) == 3);
  // One packet in the middle is lost; then whole pictures.
  auto hurt = ts.Picture(false, 600, 4);
  hurt.erase(hurt.begin() + 188, hurt.begin() + 376);
  CHECK(feed(hurt) == 1);
  CHECK(!gate.open() && gate.losses() == 1);
  const int last = out[3] & 15;
  CHECK(feed(ts.Picture(false, 700, 2)) == 0);
  CHECK(feed(ts.Picture(true, 800, 2)) == 4);
  // The demuxer behind sees a gap in the counter, whatever the counter was.
  CHECK(((out[2 * 188 + 3] & 15) - last + 16) % 16 == 2);
  for (int i = 0; i < 16; ++i) {
    gate.Lose();
    ts.Picture(false, 900, i);
    const int before = out[out.size() - 188 + 3] & 15;
    CHECK(feed(ts.Picture(true, 1000 + i, 3)) == 5);
    CHECK(((out[2 * 188 + 3] & 15) - before + 16) % 16 == 2);
  }
  // The same number again is a loss of fifteen, and so is garbage one.
  const auto picture = ts.Picture(false, 2000, 1);
  CHECK(feed(picture) == 1 && feed(picture) == 0 && !gate.open());
  CHECK(feed(ts.Picture(true, 2100, 1)) == 3 && gate.open());
  CHECK(feed(TsWriter::Bytes(188, 0)) == 0 && !gate.open());
  CHECK(feed(TsWriter::Bytes(100, 0x47)) == 0);
}

// What the decoder would read: time stamp and size of each picture.
std::vector<std::pair<int64_t, size_t>> CodedPictures(const std::vector<uint8_t>& nut) {
  std::vector<std::pair<int64_t, size_t>> found;
  NutParser parser;
  for (size_t at = 0; at < nut.size();) {
    const auto [event, consumed] = parser.Next(std::span(nut).subspan(at));
    CHECK(event != NutParser::Event::kError && event != NutParser::Event::kMore);
    at += consumed;
    if (event == NutParser::Event::kStream) CHECK(parser.video().fourcc == 0x34363248 && parser.video().time_base_den == 90000);
    if (event != NutParser::Event::kFrame) continue;
    found.emplace_back(parser.frame().pts, parser.frame().size);
    at += parser.frame().size;
    CHECK(at <= nut.size());
  }
  return found;
}

TEST("the decoder gets a picture with its last byte, and never a part of one") {
  DecoderFeed feed;
  TsWriter ts;
  std::vector<uint8_t> out;
  const auto take = [&](const TsWriter::Bytes& bytes) { return feed.Take(bytes, out); };
  const auto count = [&] { return CodedPictures(out).size(); };
  CHECK(take(ts.Picture(true, 100, 2)) && out.empty());  // of what?
  CHECK(take(TsWriter::Pat() + TsWriter::Pmt()) && count() == 0);
  // Its last packet is filled up, however little.
  CHECK(take(ts.Picture(true, 200, 3, false, 100)) && count() == 1);
  CHECK(take(ts.Picture(true, 210, 3, false, 1)) && count() == 2);
  CHECK(take(ts.Picture(true, 220, 3, false, 2)) && count() == 3);
  // It is not, and the next picture shows that the one before has ended.
  CHECK(take(ts.Picture(false, 300, 2)) && count() == 3);
  CHECK(take(ts.Picture(false, 400, 1)) && count() == 4);
  // The header says it.
  CHECK(take(ts.Picture(false, 500, 4, true)) && count() == 6);
  CHECK(take(ts.Picture(false, 550, 2)) && count() == 6);
  // A loss in the middle of a picture: that one is not told.
  ts.Picture(false, 600, 3);
  CHECK(take(ts.Picture(true, 700, 2, true)) && count() == 7);
  auto cut = ts.Picture(false, 800, 4, true);
  cut.erase(cut.begin() + 188, cut.begin() + 376);
  CHECK(take(cut) && count() == 7);
  // Beyond 33 bits.
  CHECK(take(ts.Picture(true, (int64_t{1} << 33) - 1, 1, true)) && take(ts.Picture(false, 5, 1, true)));
  const auto found = CodedPictures(out);
  const std::vector<std::pair<int64_t, size_t>> wanted{
      {200, TsWriter::Payload(true, 3, 100)}, {210, TsWriter::Payload(true, 3, 1)}, {220, TsWriter::Payload(true, 3, 2)},
      {300, TsWriter::Payload(false, 2)},     {400, TsWriter::Payload(false, 1)},   {500, TsWriter::Payload(false, 4)},
      {700, TsWriter::Payload(true, 2)}};
  CHECK(std::equal(wanted.begin(), wanted.end(), found.begin()) && found.size() == 9);
  CHECK(found[8].first - found[7].first == 6 && found[7].first >= 0);
}

TEST("a coded picture beyond all measure is left out") {
  DecoderFeed feed;
  TsWriter ts;
  std::vector<uint8_t> out;
  CHECK(feed.Take(TsWriter::Pmt(), out));
  CHECK(!feed.Take(ts.Picture(true, 100, static_cast<int>(DecoderFeed::kMaxPicture / 184) + 2), out));
  CHECK(out.empty());
  CHECK(feed.Take(ts.Picture(true, 200, 1, true), out) && CodedPictures(out).size() == 1);
}

TEST("the decoder's words about damage, change and colour are understood") {
  DecoderLog log;
  const auto say = [&log](const std::string& line) { log.Feed(std::span(line.data(), line.size())); };
  say("[h264 @ 0x1] [verbose] Reinit context to 640x368, pix_fmt: yuv420p\n[info] Input #0, mpegts, from 'pipe:0':\n");
  say("[mpegts @ 0x1] [error] PES packet size mismatch\n[mpegts @ 0x1] [warning] Packet corrupt (stream = 0, dts = 5).\n");
  CHECK(!log.TakeComplaint());
  say("[graph 0 input from stream 0:0 @ 0x1] [verbose] w:640 h:360 pixfmt:yuv420p tb:1/90000 fr:25/1 sar:1/1\n");
  CHECK(!log.TakeChange());
  say("[info]   Stream #0:0: Video: rawvideo, 1 reference frame (NV12 / 0x3231564E), nv12(tv, ");
  CHECK(!log.matrix());
  say("smpte170m/unknown/bt709, progressive, left), 640x360 (0x0)\n");
  CHECK(log.matrix() == Matrix::kBt601 && log.range() == Range::kLimited);
  say("[info]   Stream #0:0: Video: rawvideo (NV12 / 0x3231564E), nv12(pc, bt2020nc/bt2020/arib-std-b67), 640x360\n");
  CHECK(log.matrix() == Matrix::kBt2020 && log.range() == Range::kFull);
  say("[info]   Stream #0:0: Video: rawvideo (NV12 / 0x3231564E), nv12(progressive, left), 640x360\n");
  CHECK(!log.matrix() && !log.range());
  say("[h264 @ 0x1] [error] error while decoding MB 3 4, bytestream 5\n");
  CHECK(log.TakeComplaint() && !log.TakeComplaint());
  say("[h264 @ 0x1] [info] concealing 40 DC, 40 AC, 40 MV errors in P frame\n");
  CHECK(log.TakeComplaint());
  say("[graph 0 input from stream 0:0 @ 0x1] [verbose] w:640 h:360 pixfmt:yuv420p tb:1/90000 fr:30/1 sar:1/1\n");
  CHECK(!log.TakeChange());
  say("[graph 0 input from stream 0:0 @ 0x1] [verbose] w:360 h:640 pixfmt:yuv420p tb:1/90000 fr:25/1 sar:1/1\n");
  CHECK(log.TakeChange() && !log.TakeChange());
  for (int i = 0; i < 100; ++i) say(std::string(5000, 'x') + "\n");
  CHECK(log.Tail().size() == 24 && log.Tail().back().size() == 1024);
}

TEST("pictures at the edge of their memory are converted without reading beyond it") {
  for (const auto& [width, height] : {std::pair{1, 1}, {2, 2}, {3, 5}, {4, 4}, {5, 3}, {17, 9}, {64, 48}}) {
    const size_t size = Nv12Bytes(width, height);
    const auto pixels = std::make_unique<uint8_t[]>(size);
    std::fill_n(pixels.get(), size, uint8_t{128});
    const preprocess::Nv12View view{pixels.get(), pixels.get() + width * height, width, height, static_cast<size_t>(width), ChromaStride(width)};
    const auto colour = preprocess::MakeYcbcrToRgb(preprocess::ColourMatrix::kBt709, preprocess::ColourRange::kFull);
    for (const int32_t side : {1, 7, 8, 33}) {
      const preprocess::TensorSpec spec{.width = side, .height = side, .fit = preprocess::Fit::kStretch};
      const size_t elements = static_cast<size_t>(side) * side * 3;
      const auto bytes = std::make_unique<uint8_t[]>(elements);
      preprocess::ToTensor(view, colour, spec, bytes.get());
      CHECK(std::all_of(bytes.get(), bytes.get() + elements, [](uint8_t value) { return value == 128; }));
    }
  }
}

int main() { return vas::test::RunAll(); }
