// Preprocessing against swscale:  preprocess_bench BATCHES
// swscale is FFmpeg's own, loaded at run time; it scales and converts into the same place inside the target and does
// not pad. Prints one line of JSON; times are microseconds of CPU per 1080p frame, one value a batch.
#include <dlfcn.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include "json.h"
#include "preprocess/tensor.h"

using namespace vas::preprocess;
using vas::test::CpuNs;

namespace {

constexpr int32_t kWidth = 1920;
constexpr int32_t kHeight = 1080;
constexpr int kPictures = 6;
constexpr int kFrames = 24;
constexpr int kBilinear = 2;
constexpr int kFastBilinear = 1;

void* Library(const std::vector<std::string>& names) {
  for (const std::string& name : names)
    if (void* handle = dlopen(name.c_str(), RTLD_NOW)) return handle;
  std::fprintf(stderr, "none of FFmpeg's libraries could be loaded: %s\n", names[0].c_str());
  std::exit(3);
}

template <typename Function>
Function Symbol(void* library, const char* name) {
  void* symbol = dlsym(library, name);
  if (!symbol) {
    std::fprintf(stderr, "%s is missing\n", name);
    std::exit(3);
  }
  return reinterpret_cast<Function>(symbol);
}

// The few functions that are needed; their signatures have been the same for many years.
class Swscale {
 public:
  Swscale() {
    void* util = Library({"libavutil.so.57", "libavutil.so.58", "libavutil.so.59", "libavutil.so.60"});
    void* sws = Library({"libswscale.so.6", "libswscale.so.7", "libswscale.so.8", "libswscale.so.9"});
    format_ = Symbol<int (*)(const char*)>(util, "av_get_pix_fmt");
    create_ = Symbol<void* (*)(int, int, int, int, int, int, int, void*, void*, const double*)>(sws, "sws_getContext");
    colours_ = Symbol<int (*)(void*, const int*, int, const int*, int, int, int, int)>(sws, "sws_setColorspaceDetails");
    coefficients_ = Symbol<const int* (*)(int)>(sws, "sws_getCoefficients");
    scale_ = Symbol<int (*)(void*, const uint8_t* const*, const int*, int, int, uint8_t* const*, const int*)>(sws, "sws_scale");
  }
  void* Context(const char* to, int32_t width, int32_t height, int flags) const {
    void* context = create_(kWidth, kHeight, format_("nv12"), width, height, format_(to), flags, nullptr, nullptr, nullptr);
    if (!context) std::exit(3);
    // BT.709, limited to full range: what the pictures are.
    colours_(context, coefficients_(1), 0, coefficients_(1), 1, 0, 1 << 16, 1 << 16);
    return context;
  }
  void Run(void* context, const uint8_t* picture, uint8_t* const* planes, const int* strides) const {
    const uint8_t* const from[] = {picture, picture + kWidth * kHeight, nullptr, nullptr};
    const int from_strides[] = {kWidth, kWidth, 0, 0};
    scale_(context, from, from_strides, 0, kHeight, planes, strides);
  }

 private:
  int (*format_)(const char*);
  void* (*create_)(int, int, int, int, int, int, int, void*, void*, const double*);
  int (*colours_)(void*, const int*, int, const int*, int, int, int, int);
  const int* (*coefficients_)(int);
  int (*scale_)(void*, const uint8_t* const*, const int*, int, int, uint8_t* const*, const int*);
};

// Natural enough: gradients, edges and some noise.
std::vector<std::unique_ptr<uint8_t[]>> Pictures() {
  std::vector<std::unique_ptr<uint8_t[]>> pictures;
  uint32_t random = 1;
  for (int p = 0; p < kPictures; ++p) {
    auto picture = std::make_unique<uint8_t[]>(kWidth * kHeight * 3 / 2);
    for (int32_t i = 0; i < kWidth * kHeight * 3 / 2; ++i) {
      random = random * 1664525 + 1013904223;
      const int32_t x = i % kWidth;
      const int32_t y = i / kWidth;
      picture[i] = static_cast<uint8_t>(16 + (x / 9 + y / 7 + p * 20 + ((x / 64 + y / 64) % 2) * 40 + (random >> 28)) % 220);
    }
    pictures.push_back(std::move(picture));
  }
  return pictures;
}

// What a pixel should be, from the definitions.
double Expected(const uint8_t* picture, const Placement& place, int32_t column, int32_t row, int channel) {
  const auto clamp = [](double v, double low, double high) { return std::min(std::max(v, low), high); };
  const double x = clamp((column + 0.5) * kWidth / place.width - 0.5, 0, kWidth - 1);
  const double y = clamp((row + 0.5) * kHeight / place.height - 0.5, 0, kHeight - 1);
  const auto sample = [&](const uint8_t* plane, int step, int offset, double at_x, double at_y, int width, int height) {
    const double sx = clamp(at_x, 0, width - 1);
    const double sy = clamp(at_y, 0, height - 1);
    const int left = static_cast<int>(sx);
    const int top = static_cast<int>(sy);
    const int right = std::min(left + 1, width - 1);
    const int bottom = std::min(top + 1, height - 1);
    const auto value = [&](int c, int r) { return static_cast<double>(plane[r * kWidth + c * step + offset]); };
    const double upper = value(left, top) + (value(right, top) - value(left, top)) * (sx - left);
    const double lower = value(left, bottom) + (value(right, bottom) - value(left, bottom)) * (sx - left);
    return upper + (lower - upper) * (sy - top);
  };
  const uint8_t* chroma = picture + kWidth * kHeight;
  const double luma = (sample(picture, 1, 0, x, y, kWidth, kHeight) - 16) / 219;
  const double pb = (sample(chroma, 2, 0, x / 2, (y - 0.5) / 2, kWidth / 2, kHeight / 2) - 128) / 224;
  const double pr = (sample(chroma, 2, 1, x / 2, (y - 0.5) / 2, kWidth / 2, kHeight / 2) - 128) / 224;
  const double red = luma + 2 * (1 - 0.2126) * pr;
  const double blue = luma + 2 * (1 - 0.0722) * pb;
  const double green = (luma - 0.2126 * red - 0.0722 * blue) / 0.7152;
  return clamp((channel == 0 ? red : channel == 1 ? green : blue) * 255, 0, 255);
}

template <typename Work>
double Batch(Work work) {
  const uint64_t start = CpuNs();
  for (int i = 0; i < kFrames; ++i) work(i % kPictures);
  return static_cast<double>(CpuNs() - start) / kFrames / 1000;
}

template <typename Value>
void Measure(const char* name, const Swscale& swscale, const std::vector<std::unique_ptr<uint8_t[]>>& pictures,
             const TensorSpec& spec, int batches) {
  constexpr bool kFloat = sizeof(Value) == 4;
  const size_t plane = static_cast<size_t>(spec.width) * spec.height;
  std::vector<Value> target(plane * 3);
  std::vector<Value> other(plane * 3);
  const auto colour = MakeYcbcrToRgb(ColourMatrix::kBt709, ColourRange::kLimited);
  const auto view = [&](int i) {
    return Nv12View{pictures[i].get(), pictures[i].get() + kWidth * kHeight, kWidth, kHeight, kWidth, kWidth};
  };
  const Placement place = ToTensor(view(0), colour, spec, target.data());
  double error = 0;
  for (int32_t row = 0; row < place.height; ++row)
    for (int32_t column = 0; column < place.width; ++column)
      for (int channel = 0; channel < 3; ++channel) {
        const size_t pixel = static_cast<size_t>(row + place.y) * spec.width + column + place.x;
        const double value = kFloat ? target[channel * plane + pixel] * 255.0 : target[pixel * 3 + channel];
        error = std::max(error, std::fabs(value - Expected(pictures[0].get(), place, column, row, channel)));
      }

  const char* format = kFloat ? "gbrpf32le" : "rgb24";
  void* const contexts[] = {swscale.Context(format, place.width, place.height, kBilinear),
                            swscale.Context(format, place.width, place.height, kFastBilinear)};
  // Into the same place of a target of the same kind.
  Value* const corner = other.data() + (kFloat ? 1 : 3) * (static_cast<size_t>(place.y) * spec.width + place.x);
  auto* const first = reinterpret_cast<uint8_t*>(corner);
  uint8_t* const packed[] = {first, nullptr, nullptr, nullptr};
  uint8_t* const planar[] = {first + plane * 4, first + plane * 8, first, nullptr};  // G, B, R
  const int packed_strides[] = {spec.width * 3, 0, 0, 0};
  const int planar_strides[] = {spec.width * 4, spec.width * 4, spec.width * 4, 0};
  const auto ours = [&] { return Batch([&](int i) { ToTensor(view(i), colour, spec, target.data()); }); };
  const auto theirs = [&](void* context) {
    return Batch([&](int i) {
      swscale.Run(context, pictures[i].get(), kFloat ? planar : packed, kFloat ? planar_strides : packed_strides);
    });
  };
  ours();
  theirs(contexts[0]);
  theirs(contexts[1]);
  std::vector<double> own;
  std::vector<double> bilinear;
  std::vector<double> fast;
  for (int i = 0; i < batches; ++i) {
    own.push_back(ours());
    bilinear.push_back(theirs(contexts[0]));
    fast.push_back(theirs(contexts[1]));
  }
  double difference = 0;
  for (size_t i = 0; i < other.size(); ++i)
    if (other[i] != 0) difference += std::fabs(static_cast<double>(other[i]) - target[i]) * (kFloat ? 255 : 1);
  std::printf("\"%s\":{\"width\":%d,\"height\":%d,\"largest_error\":%.3f,\"mean_difference_to_fast_bilinear\":%.3f,", name,
              spec.width, spec.height, error, difference / static_cast<double>(other.size()));
  vas::test::PrintArray("ours_us", own);
  std::printf(",");
  vas::test::PrintArray("swscale_us", bilinear);
  std::printf(",");
  vas::test::PrintArray("swscale_fast_us", fast);
  std::printf("}");
}

}  // namespace

int main(int argc, char** argv) {
  const int batches = argc > 1 ? std::atoi(argv[1]) : 15;
  const Swscale swscale;
  const auto pictures = Pictures();
  std::printf("{");
  Measure<uint8_t>("u8", swscale, pictures, {.width = 416, .height = 256, .layout = Layout::kNhwc}, batches);
  std::printf(",");
  Measure<float>("f32", swscale, pictures, {.width = 640, .height = 384, .layout = Layout::kNchw}, batches);
  std::printf("}\n");
  return 0;
}
