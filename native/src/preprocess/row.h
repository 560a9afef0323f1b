// One target row: sampled bilinearly out of NV12 and converted, as three planes of fixed-point sums; then its way
// into the target. Each function has a portable version and one for AVX2, which give the same numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "preprocess/colour.h"
#include "preprocess/taps.h"

namespace vas::preprocess {

// A sum is an 8-bit colour value times 2^kSumBits, within 0 and 255 * 2^kSumBits.
inline constexpr int kSumBits = kSampleBits + kCoefficientBits;
inline constexpr int32_t kSumMax = 255 << kSumBits;

// The two source rows around a target row, of luma and of chroma, with the weight of the lower one.
struct RowSource {
  const uint8_t* luma[2];
  const uint8_t* chroma[2];
  int32_t luma_weight;
  int32_t chroma_weight;
};

// Eight target pixels: where 16 source bytes are loaded for each two of them, and which of these bytes they take.
struct ShuffleGroup {
  int32_t luma_at[4];
  int32_t chroma_at[4];
  alignas(32) uint8_t luma[2][32];
  alignas(32) uint8_t chroma[2][32];
};

// What is the same for all rows.
struct ColumnPlan {
  AxisTaps taps;
  int32_t count;
  // Of the first pixels, as many as can be taken eight at a time; empty where that is not possible.
  std::vector<ShuffleGroup> groups;
};

ColumnPlan PlanColumns(AxisTaps taps, int32_t source_width);

struct RowSums {
  int32_t* red;
  int32_t* green;
  int32_t* blue;
};

struct RowFunctions {
  void (*convert)(const RowSource& source, const ColumnPlan& columns, const YcbcrToRgb& colour, const RowSums& sums);
  // Rounded to bytes, in turn.
  void (*interleave)(const int32_t* first, const int32_t* second, const int32_t* third, int32_t count, uint8_t* out);
  // sum * factor + offset.
  void (*scale)(const int32_t* sums, int32_t count, float factor, float offset, float* out);
};

// The fastest that this processor runs. VAS_NATIVE_SIMD=portable in the environment asks for the portable ones.
const RowFunctions& ChooseRowFunctions();

extern const RowFunctions kPortableRows;

// The pixels from `from` on.
void ConvertPixels(const RowSource& source, const ColumnPlan& columns, int32_t from, const YcbcrToRgb& colour,
                   const RowSums& sums);

}  // namespace vas::preprocess
