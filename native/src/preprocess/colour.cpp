#include "preprocess/colour.h"

#include <cmath>

namespace vas::preprocess {

namespace {

struct Luma {
  double kr;
  double kb;
};

// ITU-R BT.601, BT.709 and BT.2020 (non-constant luminance).
Luma LumaOf(ColourMatrix matrix) {
  switch (matrix) {
    case ColourMatrix::kBt601:
      return {0.299, 0.114};
    case ColourMatrix::kBt709:
      return {0.2126, 0.0722};
    case ColourMatrix::kBt2020:
      return {0.2627, 0.0593};
  }
  return {0.2126, 0.0722};
}

int32_t Fixed(double value) { return static_cast<int32_t>(std::lround(value * (1 << kCoefficientBits))); }

}  // namespace

YcbcrToRgb MakeYcbcrToRgb(ColourMatrix matrix, ColourRange range) {
  const auto [kr, kb] = LumaOf(matrix);
  const double kg = 1.0 - kr - kb;
  const bool limited = range == ColourRange::kLimited;
  const double luma_scale = limited ? 255.0 / 219.0 : 1.0;
  const double chroma_scale = limited ? 255.0 / 224.0 : 1.0;
  return {
      .y_offset = (limited ? 16 : 0) << kSampleBits,
      .y = Fixed(luma_scale),
      .r_cr = Fixed(2.0 * (1.0 - kr) * chroma_scale),
      .g_cb = Fixed(-2.0 * (1.0 - kb) * kb / kg * chroma_scale),
      .g_cr = Fixed(-2.0 * (1.0 - kr) * kr / kg * chroma_scale),
      .b_cb = Fixed(2.0 * (1.0 - kb) * chroma_scale),
  };
}

}  // namespace vas::preprocess
