#include "preprocess/row.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "preprocess/row_avx2.h"
#include "preprocess/shared_pixels.h"

namespace vas::preprocess {

namespace {

// The four samples around a point, weighted; the result has kSampleBits fractional bits.
inline int32_t Blend(int32_t top_left, int32_t top_right, int32_t bottom_left, int32_t bottom_right, int32_t weight_x,
                     int32_t weight_y) {
  const int32_t top = top_left * (kWeightOne - weight_x) + top_right * weight_x;
  const int32_t bottom = bottom_left * (kWeightOne - weight_x) + bottom_right * weight_x;
  constexpr int kDrop = 2 * kWeightBits - kSampleBits;
  return (top * (kWeightOne - weight_y) + bottom * weight_y + (1 << (kDrop - 1))) >> kDrop;
}

}  // namespace

VAS_READS_SHARED_PIXELS void ConvertRowPortable(const RowSource& source, const Columns& columns, int32_t count,
                                                int32_t /*wide*/, const YcbcrToRgb& colour, const RowSums& sums) {
  const uint8_t* y0 = source.luma[0];
  const uint8_t* y1 = source.luma[1];
  const uint8_t* uv0 = source.chroma[0];
  const uint8_t* uv1 = source.chroma[1];
  for (int32_t i = 0; i < count; ++i) {
    // Without weight there is no neighbour to read.
    const int32_t l = columns.luma_first[i];
    const int32_t lw = columns.luma_weight[i];
    const int32_t ln = l + (lw != 0);
    const int32_t c = 2 * columns.chroma_first[i];
    const int32_t cw = columns.chroma_weight[i];
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

RowFunction ChooseRowFunction() {
  const char* asked = std::getenv("VAS_NATIVE_SIMD");
  if (asked && std::strcmp(asked, "portable") == 0) return ConvertRowPortable;
#if defined(VAS_HAS_AVX2_ROW)
  if (__builtin_cpu_supports("avx2")) return ConvertRowAvx2;
#endif
  return ConvertRowPortable;
}

}  // namespace vas::preprocess
