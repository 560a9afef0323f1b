// One target row: sampled bilinearly out of NV12 and converted, as three planes of fixed-point sums.
#pragma once

#include <cstddef>
#include <cstdint>

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

// The columns' taps, from some column on.
struct Columns {
  const int32_t* luma_first;
  const int32_t* luma_weight;
  const int32_t* chroma_first;
  const int32_t* chroma_weight;

  static Columns Of(const AxisTaps& taps) {
    return {taps.luma.first.data(), taps.luma.weight.data(), taps.chroma.first.data(), taps.chroma.weight.data()};
  }
  Columns From(int32_t column) const {
    return {luma_first + column, luma_weight + column, chroma_first + column, chroma_weight + column};
  }
};

struct RowSums {
  int32_t* red;
  int32_t* green;
  int32_t* blue;
};

// `wide` is the number of leading pixels for which four bytes may be read at any sample: a vector version may read
// more than it needs there. All versions give the same numbers.
using RowFunction = void (*)(const RowSource& source, const Columns& columns, int32_t count, int32_t wide,
                             const YcbcrToRgb& colour, const RowSums& sums);

void ConvertRowPortable(const RowSource& source, const Columns& columns, int32_t count, int32_t wide,
                        const YcbcrToRgb& colour, const RowSums& sums);

// The fastest version that this processor runs. VAS_NATIVE_SIMD=portable in the environment asks for the portable.
RowFunction ChooseRowFunction();

}  // namespace vas::preprocess
