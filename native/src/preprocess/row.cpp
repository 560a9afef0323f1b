#include "preprocess/row.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "preprocess/row_avx2.h"
#include "preprocess/shared_pixels.h"

namespace vas::preprocess {

namespace {

constexpr int32_t kLoad = 16;
constexpr uint8_t kNothing = 0x80;

// The four samples around a point, weighted; the result has kSampleBits fractional bits.
inline int32_t Blend(int32_t top_left, int32_t top_right, int32_t bottom_left, int32_t bottom_right, int32_t weight_x,
                     int32_t weight_y) {
  const int32_t top = top_left * (kWeightOne - weight_x) + top_right * weight_x;
  const int32_t bottom = bottom_left * (kWeightOne - weight_x) + bottom_right * weight_x;
  constexpr int kDrop = 2 * kWeightBits - kSampleBits;
  return (top * (kWeightOne - weight_y) + bottom * weight_y + (1 << (kDrop - 1))) >> kDrop;
}

void ConvertRowPortable(const RowSource& source, const ColumnPlan& columns, const YcbcrToRgb& colour, const RowSums& sums) {
  ConvertPixels(source, columns, 0, colour, sums);
}

void InterleavePortable(const int32_t* first, const int32_t* second, const int32_t* third, int32_t count, uint8_t* out) {
  constexpr int32_t kHalf = 1 << (kSumBits - 1);
  for (int32_t i = 0; i < count; ++i) {
    out[3 * i] = static_cast<uint8_t>((first[i] + kHalf) >> kSumBits);
    out[3 * i + 1] = static_cast<uint8_t>((second[i] + kHalf) >> kSumBits);
    out[3 * i + 2] = static_cast<uint8_t>((third[i] + kHalf) >> kSumBits);
  }
}

void ScalePortable(const int32_t* sums, int32_t count, float factor, float offset, float* out) {
  for (int32_t i = 0; i < count; ++i) out[i] = static_cast<float>(sums[i]) * factor + offset;
}

// Two pixels of a group: `bytes` of each, from `positions` in the source row. False when they lie too far apart.
bool Take(const int32_t (&positions)[2], int32_t bytes, int32_t row_bytes, int32_t& at, uint8_t* shuffle) {
  at = std::min(positions[0], row_bytes - kLoad);
  for (int pixel = 0; pixel < 2; ++pixel) {
    for (int32_t byte = 0; byte < bytes; ++byte) {
      // Behind the last sample there is none; it has no weight then, and the last one stands for it.
      const int32_t step = bytes == 4 ? byte - byte % 2 : byte;
      const bool beyond = positions[pixel] + step >= row_bytes;
      const int32_t offset = positions[pixel] + byte - (beyond ? bytes / 2 : 0) - at;
      if (offset >= kLoad) return false;
      // Luma becomes two 16-bit values, chroma stays four bytes.
      if (bytes == 2) {
        shuffle[4 * pixel + 2 * byte] = static_cast<uint8_t>(offset);
      } else {
        shuffle[4 * pixel + byte] = static_cast<uint8_t>(offset);
      }
    }
  }
  return true;
}

bool PlanGroup(const AxisTaps& taps, int32_t from, int32_t source_width, ShuffleGroup& group) {
  std::memset(group.luma, kNothing, sizeof(group.luma));
  std::memset(group.chroma, kNothing, sizeof(group.chroma));
  const int32_t chroma_bytes = 2 * ((source_width + 1) / 2);
  // Pairs 0 and 1 are in the lower half of the vector, 2 and 3 in the upper; the first pair of a half comes from the
  // first load.
  for (int pair = 0; pair < 4; ++pair) {
    const int32_t i = from + 2 * pair;
    const int place = 16 * (pair / 2) + 8 * (pair % 2);
    const int32_t luma[2] = {taps.luma.first[i], taps.luma.first[i + 1]};
    const int32_t chroma[2] = {2 * taps.chroma.first[i], 2 * taps.chroma.first[i + 1]};
    if (!Take(luma, 2, source_width, group.luma_at[pair], group.luma[pair % 2] + place) ||
        !Take(chroma, 4, chroma_bytes, group.chroma_at[pair], group.chroma[pair % 2] + place))
      return false;
  }
  return true;
}

}  // namespace

const RowFunctions kPortableRows{ConvertRowPortable, InterleavePortable, ScalePortable};

VAS_READS_SHARED_PIXELS void ConvertPixels(const RowSource& source, const ColumnPlan& columns, int32_t from,
                                           const YcbcrToRgb& colour, const RowSums& sums) {
  const uint8_t* y0 = source.luma[0];
  const uint8_t* y1 = source.luma[1];
  const uint8_t* uv0 = source.chroma[0];
  const uint8_t* uv1 = source.chroma[1];
  const int32_t* luma_first = columns.taps.luma.first.data();
  const int32_t* luma_weight = columns.taps.luma.weight.data();
  const int32_t* chroma_first = columns.taps.chroma.first.data();
  const int32_t* chroma_weight = columns.taps.chroma.weight.data();
  for (int32_t i = from; i < columns.count; ++i) {
    // Without weight there is no neighbour to read.
    const int32_t l = luma_first[i];
    const int32_t lw = luma_weight[i];
    const int32_t ln = l + (lw != 0);
    const int32_t c = 2 * chroma_first[i];
    const int32_t cw = chroma_weight[i];
    const int32_t cn = c + (cw != 0 ? 2 : 0);
    const int32_t y = Blend(y0[l], y0[ln], y1[l], y1[ln], lw, source.luma_weight);
    const int32_t cb = Blend(uv0[c], uv0[cn], uv1[c], uv1[cn], cw, source.chroma_weight);
    const int32_t cr = Blend(uv0[c + 1], uv0[cn + 1], uv1[c + 1], uv1[cn + 1], cw, source.chroma_weight);
    const int32_t luma = (y - colour.y_offset) * colour.y;
    const int32_t u = cb - (128 << kSampleBits);
    const int32_t v = cr - (128 << kSampleBits);
    sums.red[i] = std::clamp(luma + v * colour.r_cr, 0, kSumMax);
    sums.green[i] = std::clamp(luma + u * colour.g_cb + v * colour.g_cr, 0, kSumMax);
    sums.blue[i] = std::clamp(luma + u * colour.b_cb, 0, kSumMax);
  }
}

ColumnPlan PlanColumns(AxisTaps taps, int32_t source_width) {
  ColumnPlan plan{.taps = std::move(taps), .count = 0, .groups = {}};
  plan.count = static_cast<int32_t>(plan.taps.luma.first.size());
  if (source_width < kLoad) return plan;
  plan.groups.resize(plan.count / 8);
  for (size_t i = 0; i < plan.groups.size(); ++i) {
    if (PlanGroup(plan.taps, static_cast<int32_t>(8 * i), source_width, plan.groups[i])) continue;
    plan.groups.resize(i);
    break;
  }
  return plan;
}

const RowFunctions& ChooseRowFunctions() {
#if defined(VAS_HAS_AVX2_ROW)
  const char* asked = std::getenv("VAS_NATIVE_SIMD");
  if (!(asked && std::strcmp(asked, "portable") == 0) && __builtin_cpu_supports("avx2")) return kAvx2Rows;
#endif
  return kPortableRows;
}

}  // namespace vas::preprocess
