#include "preprocess/row_avx2.h"

#if defined(VAS_HAS_AVX2_ROW)

#include <immintrin.h>

#include "preprocess/shared_pixels.h"

#define VAS_AVX2 __attribute__((target("avx2")))

namespace vas::preprocess {

namespace {

// Two 16-bit values per pixel, (left, right), weighted horizontally for both rows and then vertically.
VAS_AVX2 inline __m256i Blend(__m256i top, __m256i bottom, __m256i weights_x, __m256i weight_top, __m256i weight_bottom) {
  constexpr int kDrop = 2 * kWeightBits - kSampleBits;
  const __m256i upper = _mm256_mullo_epi32(_mm256_madd_epi16(top, weights_x), weight_top);
  const __m256i lower = _mm256_mullo_epi32(_mm256_madd_epi16(bottom, weights_x), weight_bottom);
  const __m256i sum = _mm256_add_epi32(_mm256_add_epi32(upper, lower), _mm256_set1_epi32(1 << (kDrop - 1)));
  return _mm256_srai_epi32(sum, kDrop);
}

// (1 - weight, weight) as 16-bit pairs.
VAS_AVX2 inline __m256i WeightPairs(__m256i weight) {
  const __m256i rest = _mm256_sub_epi32(_mm256_set1_epi32(kWeightOne), weight);
  return _mm256_or_si256(rest, _mm256_slli_epi32(weight, 16));
}

VAS_AVX2 inline __m256i Clamp(__m256i sum) {
  return _mm256_min_epi32(_mm256_max_epi32(sum, _mm256_setzero_si256()), _mm256_set1_epi32(kSumMax));
}

VAS_AVX2 inline __m256i Load(const int32_t* from) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)); }

VAS_AVX2 inline __m256i Times(__m256i value, int32_t factor) { return _mm256_mullo_epi32(value, _mm256_set1_epi32(factor)); }

}  // namespace

VAS_AVX2 VAS_READS_SHARED_PIXELS void ConvertRowAvx2(const RowSource& source, const Columns& columns, int32_t count,
                                                     int32_t wide, const YcbcrToRgb& colour, const RowSums& sums) {
  // Of each pixel's four bytes: luma takes 0 and 1; Cb takes 0 and 2, Cr 1 and 3. Each becomes 16 bits.
  const __m256i pick_luma = _mm256_setr_epi8(0, -1, 1, -1, 4, -1, 5, -1, 8, -1, 9, -1, 12, -1, 13, -1,  //
                                             0, -1, 1, -1, 4, -1, 5, -1, 8, -1, 9, -1, 12, -1, 13, -1);
  const __m256i low_bytes = _mm256_set1_epi32(0x00ff00ff);
  const __m256i luma_top = _mm256_set1_epi32(kWeightOne - source.luma_weight);
  const __m256i luma_bottom = _mm256_set1_epi32(source.luma_weight);
  const __m256i chroma_top = _mm256_set1_epi32(kWeightOne - source.chroma_weight);
  const __m256i chroma_bottom = _mm256_set1_epi32(source.chroma_weight);
  const __m256i middle = _mm256_set1_epi32(128 << kSampleBits);
  const auto* y0 = reinterpret_cast<const int*>(source.luma[0]);
  const auto* y1 = reinterpret_cast<const int*>(source.luma[1]);
  const auto* uv0 = reinterpret_cast<const int*>(source.chroma[0]);
  const auto* uv1 = reinterpret_cast<const int*>(source.chroma[1]);

  int32_t i = 0;
  for (; i + 8 <= wide; i += 8) {
    const __m256i luma_first = Load(columns.luma_first + i);
    const __m256i luma_pairs = WeightPairs(Load(columns.luma_weight + i));
    const __m256i chroma_first = Load(columns.chroma_first + i);
    const __m256i chroma_pairs = WeightPairs(Load(columns.chroma_weight + i));
    const __m256i l0 = _mm256_shuffle_epi8(_mm256_i32gather_epi32(y0, luma_first, 1), pick_luma);
    const __m256i l1 = _mm256_shuffle_epi8(_mm256_i32gather_epi32(y1, luma_first, 1), pick_luma);
    const __m256i c0 = _mm256_i32gather_epi32(uv0, chroma_first, 2);
    const __m256i c1 = _mm256_i32gather_epi32(uv1, chroma_first, 2);
    const __m256i y = Blend(l0, l1, luma_pairs, luma_top, luma_bottom);
    const __m256i cb = Blend(_mm256_and_si256(c0, low_bytes), _mm256_and_si256(c1, low_bytes), chroma_pairs, chroma_top,
                             chroma_bottom);
    const __m256i cr = Blend(_mm256_and_si256(_mm256_srli_epi32(c0, 8), low_bytes),
                             _mm256_and_si256(_mm256_srli_epi32(c1, 8), low_bytes), chroma_pairs, chroma_top,
                             chroma_bottom);
    const __m256i luma = _mm256_mullo_epi32(_mm256_sub_epi32(y, _mm256_set1_epi32(colour.y_offset)), _mm256_set1_epi32(colour.y));
    const __m256i u = _mm256_sub_epi32(cb, middle);
    const __m256i v = _mm256_sub_epi32(cr, middle);
    const __m256i red = _mm256_add_epi32(luma, Times(v, colour.r_cr));
    const __m256i green = _mm256_add_epi32(luma, _mm256_add_epi32(Times(u, colour.g_cb), Times(v, colour.g_cr)));
    const __m256i blue = _mm256_add_epi32(luma, Times(u, colour.b_cb));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums.red + i), Clamp(red));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums.green + i), Clamp(green));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums.blue + i), Clamp(blue));
  }
  if (i < count) {
    const RowSums rest{sums.red + i, sums.green + i, sums.blue + i};
    ConvertRowPortable(source, columns.From(i), count - i, 0, colour, rest);
  }
}

}  // namespace vas::preprocess

#endif
