// Deterministic mutation fuzzing of everything that reads what another process wrote, for the address and the
// undefined-behaviour sanitizer:  fuzz TARGET ROUNDS SEED [CORPUS FILE...]
// A round takes a seed input, changes it, and runs the target; what counts is that nothing crashes, hangs or reads
// outside. An input that reached code which none before had reached becomes a seed itself (coverage of edges, counted by
// the compiler's -fsanitize-coverage=trace-pc; built without it, only the given seeds are changed). On a failure the input lies in fuzz-failure.bin of the working directory, to be added to the corpus.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <span>
#include <vector>

#include "check.h"
#include "frames/assembler.h"
#include "frames/decoder_log.h"
#include "frames/frame_error.h"
#include "frames/pixel_copy.h"
#include "frames/ring_reader.h"
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

// Edges of the program by a hash of where from and where to; those of this file count, too, and do no harm.
constexpr size_t kEdges = 1 << 16;
uint8_t edges[kEdges];
uint8_t reached[kEdges];
thread_local uintptr_t last_edge = 0;

using Bytes = std::vector<uint8_t>;
// Seeds that were found: as many and as large as keep a round short.
constexpr size_t kMostSeeds = 4096;
constexpr size_t kMostKept = 1 << 20;
constexpr uint64_t kAnyAge = std::numeric_limits<uint64_t>::max();

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed * 2 + 1) {}
  uint64_t Next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
  }
  size_t Below(size_t limit) { return limit == 0 ? 0 : Next() % limit; }

 private:
  uint64_t state_;
};

Bytes Mutate(Bytes bytes, Random& random, const std::vector<Bytes>& seeds) {
  static const uint64_t kTelling[] = {0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff, 0x7fffffffffffffff, ~uint64_t{0}};
  const size_t changes = 1 + random.Below(6);
  for (size_t i = 0; i < changes && !bytes.empty(); ++i) {
    // The first bytes decide most.
    const size_t at = random.Below(random.Below(2) ? bytes.size() : std::min<size_t>(bytes.size(), 256));
    switch (random.Below(7)) {
      case 0: bytes[at] ^= static_cast<uint8_t>(1 << random.Below(8)); break;
      case 1: bytes[at] = static_cast<uint8_t>(random.Next()); break;
      case 2: {
        const uint64_t value = kTelling[random.Below(std::size(kTelling))];
        const size_t width = size_t{1} << random.Below(4);
        for (size_t j = 0; j < width && at + j < bytes.size(); ++j) bytes[at + j] = static_cast<uint8_t>(value >> (8 * j));
        break;
      }
      case 3: bytes.erase(bytes.begin() + static_cast<ptrdiff_t>(at), bytes.begin() + static_cast<ptrdiff_t>(std::min(bytes.size(), at + 1 + random.Below(64)))); break;
      case 4: bytes.insert(bytes.begin() + static_cast<ptrdiff_t>(at), 1 + random.Below(32), static_cast<uint8_t>(random.Next())); break;
      case 5: bytes.resize(at); break;
      default: {
        const Bytes& other = seeds[random.Below(seeds.size())];
        if (other.empty()) break;
        const size_t from = random.Below(other.size());
        const size_t count = std::min({other.size() - from, bytes.size() - at, size_t{1} + random.Below(512)});
        std::copy_n(other.begin() + static_cast<ptrdiff_t>(from), count, bytes.begin() + static_cast<ptrdiff_t>(at));
      }
    }
  }
  return bytes;
}

Bytes RingSeed() {
  const std::string path = "/dev/shm/vas_test_fuzz_seed_" + std::to_string(getpid());
  RingWriter writer({path, "camera", 3, Nv12Bytes(16, 16), 7});
  for (int i = 0; i < 4; ++i) {
    std::memset(writer.Begin(), i, Nv12Bytes(16, 16));
    writer.Publish({16, 16, i, 1, 90000, 0, Matrix::kBt709, Range::kLimited});
  }
  std::ifstream file(path, std::ios::binary);
  return Bytes(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

// Everything a reader does with a ring, on any file.
void ReadRing(const Bytes& bytes) {
  static const std::string path = "/dev/shm/vas_test_fuzz_" + std::to_string(getpid());
  {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  }
  try {
    RingReader reader(path);
    const auto use = [&reader](const FrameView& view) {
      Bytes copy(view.fields.size);
      CopySharedPixels(reinterpret_cast<std::byte*>(copy.data()), view.pixels, copy.size());
      const auto& f = view.fields;
      const auto* pixels = reinterpret_cast<const uint8_t*>(view.pixels);
      const preprocess::Nv12View nv12{pixels, pixels + f.chroma_offset, static_cast<int32_t>(f.width), static_cast<int32_t>(f.height), f.stride, f.chroma_stride};
      const auto colour = preprocess::MakeYcbcrToRgb(static_cast<preprocess::ColourMatrix>(f.matrix), static_cast<preprocess::ColourRange>(f.range));
      uint8_t tensor[8 * 8 * 3];
      preprocess::ToTensor(nv12, colour, {.width = 8, .height = 8}, tensor);
      CHECK(view.StillValid());
    };
    const uint64_t id = uint64_t{7} << 33;
    for (uint64_t i = 0; i < 6; ++i) {
      try {
        use(i == 5 ? reader.Latest(kAnyAge) : reader.ById(id + i, kAnyAge));
      } catch (const FrameError&) {
      }
    }
  } catch (const FrameError& error) {
    CHECK(error.code() == Code::kBadRing);
  }
  unlink(path.c_str());
}

Bytes NutSeed() {
  const size_t size = Nv12Bytes(16, 8);
  return NutWriter::FileId() + NutWriter::Main(1, 90000) + NutWriter::Stream(16, 8) + NutWriter::SyncPoint(3000) +
         NutWriter::Frame(3000, Bytes(size, 1)) + NutWriter::SyncPoint(6000) + NutWriter::Frame(6000, Bytes(size, 2));
}

struct PassAll : Judge {
  std::optional<Picture> OnPicture(const NutVideo& video, int64_t pts) override {
    return Picture{video.width, video.height, pts, 1, 90000, 0, Matrix::kBt709, Range::kLimited};
  }
};

void Assemble(const Bytes& bytes) {
  PassAll judge;
  AssemblerCounts counts;
  FrameAssembler assembler({"/dev/shm/vas_test_fuzz_nut_" + std::to_string(getpid()), "camera", 2, 1 << 16, 1, 3}, judge, counts);
  try {
    for (size_t at = 0; at < bytes.size();) {
      iovec parts[2];
      assembler.Buffers(parts);
      CHECK(parts[0].iov_len > 0);
      const size_t one = std::min(bytes.size() - at, parts[0].iov_len);
      std::memcpy(parts[0].iov_base, bytes.data() + at, one);
      assembler.Received(one);
      at += one;
    }
  } catch (const FrameError&) {
  }
}

Bytes TsSeed() {
  TsWriter ts;
  Bytes bytes = TsWriter::Pat() + TsWriter::Pmt();
  for (int i = 0; i < 6; ++i) bytes = bytes + ts.Picture(i % 3 == 0, 3000 * i, 3);
  return bytes;
}

void Gate(const Bytes& bytes) {
  TsGate gate;
  DecoderFeed feed;
  Bytes out;
  Bytes coded;
  size_t fed = 0;
  for (size_t at = 0; at < bytes.size(); at += 7 * 188) {
    gate.Feed(std::span(bytes).subspan(at, std::min<size_t>(7 * 188, bytes.size() - at)), out);
    CHECK(out.size() % 188 == 0);
    if (!feed.Take(std::span(out).subspan(fed), coded)) gate.Lose();
    fed = out.size();
  }
  // What no gate has looked at.
  DecoderFeed alone;
  (void)alone.Take(std::span(bytes).first(bytes.size() / 188 * 188), coded);
  // Never more than what came, and the two tables at each opening.
  CHECK(out.size() <= bytes.size() * 3);
  CHECK(coded.size() <= bytes.size() * 4 + 1024);
}

Bytes LogSeed() {
  const std::string text =
      "[graph 0 input from stream 0:0 @ 0x1] [verbose] w:640 h:360 pixfmt:yuv420p tb:1/90000 fr:25/1 sar:1/1\n"
      "[info]   Stream #0:0: Video: rawvideo (NV12 / 0x3231564E), nv12(pc, bt2020nc/bt2020/arib-std-b67), 640x360\n"
      "[h264 @ 0x1] [error] error while decoding MB 3 4\n";
  return Bytes(text.begin(), text.end());
}

void ReadLog(const Bytes& bytes) {
  DecoderLog log;
  const auto* text = reinterpret_cast<const char*>(bytes.data());
  log.Feed({text, bytes.size()});
  log.Feed({text, bytes.size()});
  (void)log.Tail();
}

// Sizes, crops, strides and colours that a model or a camera could name, against every way of making a tensor.
void Geometry(const Bytes& bytes) {
  size_t at = 0;
  const auto next = [&bytes, &at] { return at < bytes.size() ? bytes[at++] : uint8_t{0}; };
  const auto between = [&next](int low, int high) { return low + static_cast<int>((next() | next() << 8) % (high - low + 1)); };
  const int32_t width = between(1, 130);
  const int32_t height = between(1, 98);
  const size_t y_stride = static_cast<size_t>(width + between(0, 17));
  const size_t uv_stride = static_cast<size_t>((width + 1) / 2 * 2 + between(0, 17));
  // As large as the picture is and not a byte more: what reads outside is found.
  const auto filled = [&next](size_t size) {
    Bytes plane(size);
    for (size_t i = 0; i < size; ++i) plane[i] = static_cast<uint8_t>(i * 31);
    if (size > 0) plane[0] = next();
    return plane;
  };
  const Bytes y = filled(y_stride * static_cast<size_t>(height - 1) + static_cast<size_t>(width));
  const Bytes uv = filled(uv_stride * static_cast<size_t>((height + 1) / 2 - 1) + static_cast<size_t>((width + 1) / 2 * 2));
  preprocess::TensorSpec spec{.width = between(1, 90), .height = between(1, 90)};
  const uint8_t flags = next();
  spec.layout = flags & 1 ? preprocess::Layout::kNchw : preprocess::Layout::kNhwc;
  spec.order = flags & 2 ? preprocess::Order::kBgr : preprocess::Order::kRgb;
  spec.fit = flags & 4 ? preprocess::Fit::kStretch : preprocess::Fit::kLetterbox;
  const double x = between(0, 1000) / 1001.0;
  const double top = between(0, 1000) / 1001.0;
  spec.crop = {x, top, (1 - x) * between(1, 1000) / 1000.0, (1 - top) * between(1, 1000) / 1000.0};
  const preprocess::Nv12View source{y.data(), uv.data(), width, height, y_stride, uv_stride};
  const auto colour = preprocess::MakeYcbcrToRgb(static_cast<preprocess::ColourMatrix>(next() % 3), static_cast<preprocess::ColourRange>(next() % 2));
  const size_t count = static_cast<size_t>(spec.width) * static_cast<size_t>(spec.height) * 3;
  Bytes small(count);
  std::vector<float> large(count);
  preprocess::ToTensor(source, colour, spec, small.data());
  preprocess::ToTensor(source, colour, spec, large.data());
  for (const float value : large) CHECK(value >= -0.001F && value <= 1.001F);
}

Bytes GeometrySeed() {
  Bytes bytes(40);
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<uint8_t>(i * 37 + 11);
  return bytes;
}

// Runs a target. Returns whether it reached an edge that nothing before had reached.
bool ReachesMore(void (*target)(const Bytes&), const Bytes& input) {
  std::memset(edges, 0, kEdges);
  last_edge = 0;
  target(input);
  bool more = false;
  for (size_t i = 0; i < kEdges; ++i) {
    if (edges[i] == 0 || reached[i] != 0) continue;
    reached[i] = 1;
    more = true;
  }
  return more;
}

void Save(const Bytes& bytes) {
  std::ofstream file("fuzz-failure.bin", std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

// The compiler calls it at each edge.
extern "C" __attribute__((no_sanitize_coverage, no_sanitize("address"), no_sanitize("undefined"))) void __sanitizer_cov_trace_pc() {
  const auto here = reinterpret_cast<uintptr_t>(__builtin_return_address(0));
  const uintptr_t at = (here * 0x9e3779b97f4a7c15ULL) >> 48;
  edges[(at ^ last_edge) & (kEdges - 1)] = 1;
  last_edge = at >> 1;
}

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const std::string name = argv[1];
  const size_t rounds = std::strtoull(argv[2], nullptr, 10);
  Random random(std::strtoull(argv[3], nullptr, 10));
  struct Target {
    const char* name;
    void (*run)(const Bytes&);
    Bytes (*seed)();
  };
  static const Target kTargets[] = {
      {"ring", ReadRing, RingSeed}, {"nut", Assemble, NutSeed}, {"ts", Gate, TsSeed}, {"log", ReadLog, LogSeed}, {"geometry", Geometry, GeometrySeed}};
  const Target* const found = std::find_if(std::begin(kTargets), std::end(kTargets), [&name](const Target& one) { return name == one.name; });
  if (found == std::end(kTargets)) return 2;
  std::vector<Bytes> seeds{found->seed()};
  for (int i = 4; i < argc; ++i) {
    std::ifstream file(argv[i], std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  const size_t given = seeds.size();
  for (const Bytes& seed : seeds) ReachesMore(found->run, seed);
  for (size_t i = 0; i < rounds; ++i) {
    Bytes input = Mutate(seeds[random.Below(seeds.size())], random, seeds);
    // Kept before it is tried: a crash leaves it. Once in a while is enough to find the round again by its seed.
    if (std::getenv("VAS_FUZZ_SAVE")) Save(input);
    if (ReachesMore(found->run, input) && input.size() <= kMostKept && seeds.size() < kMostSeeds) seeds.push_back(std::move(input));
  }
  // With VAS_FUZZ_KEEP the inputs that reached more are written there, for the corpus.
  if (const char* folder = std::getenv("VAS_FUZZ_KEEP"))
    for (size_t i = given; i < seeds.size(); ++i) {
      std::ofstream file(std::string(folder) + "/" + name + "-" + std::to_string(i), std::ios::binary);
      file.write(reinterpret_cast<const char*>(seeds[i].data()), static_cast<std::streamsize>(seeds[i].size()));
    }
  const auto edge_count = std::count(std::begin(reached), std::end(reached), uint8_t{1});
  std::printf("%zu rounds of %s from %zu seeds, %zu found, %td edges\n", rounds, name.c_str(), given, seeds.size() - given, edge_count);
  return 0;
}
