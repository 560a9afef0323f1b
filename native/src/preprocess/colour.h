// Y'CbCr to R'G'B' as fixed-point coefficients.
#pragma once

#include <cstdint>

namespace vas::preprocess {

enum class ColourMatrix { kBt601, kBt709, kBt2020 };
enum class ColourRange { kLimited, kFull };

// Inputs carry kSampleBits fractional bits, coefficients kCoefficientBits: the sums stay within 31 bits.
inline constexpr int kSampleBits = 8;
inline constexpr int kCoefficientBits = 13;

struct YcbcrToRgb {
  int32_t y_offset;  // black level, in sample units
  int32_t y;
  int32_t r_cr;
  int32_t g_cb;
  int32_t g_cr;
  int32_t b_cb;
};

YcbcrToRgb MakeYcbcrToRgb(ColourMatrix matrix, ColourRange range);

}  // namespace vas::preprocess
