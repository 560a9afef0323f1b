#include "preprocess/letterbox.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace vas::preprocess {

namespace {

// Weights have 11 bits: two of them and a sample make 30.
constexpr int kWeightBits = 11;
constexpr int32_t kWeightOne = 1 << kWeightBits;

// Two neighbouring samples and the weight of the second one.
struct Tap {
  int32_t first;
  int32_t second;
  int32_t weight;
};

Tap TapAt(double position, int32_t count) {
  const double clamped = std::clamp(position, 0.0, static_cast<double>(count - 1));
  const auto first = static_cast<int32_t>(clamped);
  const auto weight = static_cast<int32_t>(std::lround((clamped - first) * kWeightOne));
  return {first, std::min(first + 1, count - 1), weight};
}

// For one axis: what each target pixel reads of luma and of chroma. chroma_shift is the distance, in luma
// pixels, of the first chroma sample from the first luma sample.
struct AxisTaps {
  std::vector<Tap> luma;
  std::vector<Tap> chroma;
};

AxisTaps TapsFor(int32_t source, int32_t target, double chroma_shift) {
  AxisTaps taps;
  taps.luma.reserve(target);
  taps.chroma.reserve(target);
  const double step = static_cast<double>(source) / target;
  for (int32_t i = 0; i < target; ++i) {
    const double position = std::clamp((i + 0.5) * step - 0.5, 0.0, source - 1.0);
    taps.luma.push_back(TapAt(position, source));
    taps.chroma.push_back(TapAt((position - chroma_shift) / 2.0, (source + 1) / 2));
  }
  return taps;
}

// The four samples around a point, weighted; the result has kSampleBits fractional bits.
inline int32_t Blend(int32_t top_left, int32_t top_right, int32_t bottom_left, int32_t bottom_right, int32_t weight_x,
                     int32_t weight_y) {
  const int32_t top = top_left * (kWeightOne - weight_x) + top_right * weight_x;
  const int32_t bottom = bottom_left * (kWeightOne - weight_x) + bottom_right * weight_x;
  constexpr int kDrop = 2 * kWeightBits - kSampleBits;
  return (top * (kWeightOne - weight_y) + bottom * weight_y + (1 << (kDrop - 1))) >> kDrop;
}

inline uint8_t ToByte(int32_t sum) {
  constexpr int kDrop = kSampleBits + kCoefficientBits;
  return static_cast<uint8_t>(std::clamp((sum + (1 << (kDrop - 1))) >> kDrop, 0, 255));
}

void Fill(uint8_t* pixels, size_t count, const std::array<uint8_t, 3>& colour) {
  for (size_t i = 0; i < count; ++i) std::copy(colour.begin(), colour.end(), pixels + 3 * i);
}

}  // namespace

Placement PlaceInside(int32_t source_width, int32_t source_height, int32_t width, int32_t height) {
  const double scale =
      std::min(static_cast<double>(width) / source_width, static_cast<double>(height) / source_height);
  const auto fitted = [scale](int32_t size, int32_t limit) {
    return std::clamp(static_cast<int32_t>(std::lround(size * scale)), 1, limit);
  };
  const int32_t inner_width = fitted(source_width, width);
  const int32_t inner_height = fitted(source_height, height);
  return {(width - inner_width) / 2, (height - inner_height) / 2, inner_width, inner_height};
}

Placement LetterboxNv12ToRgb(const Nv12View& source, const YcbcrToRgb& colour, const std::array<uint8_t, 3>& padding,
                             const RgbImage& target) {
  const Placement place = PlaceInside(source.width, source.height, target.width, target.height);
  const AxisTaps columns = TapsFor(source.width, place.width, 0.0);
  const AxisTaps rows = TapsFor(source.height, place.height, 0.5);
  const size_t row_bytes = static_cast<size_t>(target.width) * 3;
  const size_t right = static_cast<size_t>(target.width - place.x - place.width);

  Fill(target.data, static_cast<size_t>(place.y) * target.width, padding);
  for (int32_t row = 0; row < place.height; ++row) {
    const Tap& luma_row = rows.luma[row];
    const Tap& chroma_row = rows.chroma[row];
    const uint8_t* y0 = source.y + luma_row.first * source.y_stride;
    const uint8_t* y1 = source.y + luma_row.second * source.y_stride;
    const uint8_t* uv0 = source.uv + chroma_row.first * source.uv_stride;
    const uint8_t* uv1 = source.uv + chroma_row.second * source.uv_stride;

    uint8_t* out = target.data + (place.y + row) * row_bytes;
    Fill(out, place.x, padding);
    out += 3 * static_cast<size_t>(place.x);
    for (int32_t column = 0; column < place.width; ++column, out += 3) {
      const Tap& l = columns.luma[column];
      const Tap& c = columns.chroma[column];
      const int32_t left = 2 * c.first;
      const int32_t next = 2 * c.second;
      const int32_t y = Blend(y0[l.first], y0[l.second], y1[l.first], y1[l.second], l.weight, luma_row.weight);
      const int32_t cb = Blend(uv0[left], uv0[next], uv1[left], uv1[next], c.weight, chroma_row.weight);
      const int32_t cr =
          Blend(uv0[left + 1], uv0[next + 1], uv1[left + 1], uv1[next + 1], c.weight, chroma_row.weight);

      const int32_t luma = (y - colour.y_offset) * colour.y;
      const int32_t u = cb - (128 << kSampleBits);
      const int32_t v = cr - (128 << kSampleBits);
      out[0] = ToByte(luma + v * colour.r_cr);
      out[1] = ToByte(luma + u * colour.g_cb + v * colour.g_cr);
      out[2] = ToByte(luma + u * colour.b_cb);
    }
    Fill(out, right, padding);
  }
  const int32_t below = place.y + place.height;
  Fill(target.data + below * row_bytes, static_cast<size_t>(target.height - below) * target.width, padding);
  return place;
}

}  // namespace vas::preprocess
