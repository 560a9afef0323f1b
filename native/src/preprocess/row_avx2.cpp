#include "preprocess/row_avx2.h"

#if defined(VAS_HAS_AVX2_ROW)

#include <immintrin.h>

#include "preprocess/shared_pixels.h"

#define VAS_AVX2 __attribute__((target("avx2")))
#define VAS_AVX2_INLINE __attribute__((target("avx2"), always_inline)) inline

namespace vas::preprocess {

namespace {

VAS_AVX2_INLINE __m256i Load(const int32_t* from) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)); }

VAS_AVX2_INLINE __m256i Times(__m256i value, int32_t factor) { return _mm256_mullo_epi32(value, _mm256_set1_epi32(factor)); }

// 16 bytes from each of two places.
VAS_AVX2_INLINE __m256i LoadTwo(const uint8_t* row, int32_t low, int32_t high) {
  const __m128i first = _mm_loadu_si128(reinterpret_cast<const __m128i*>(row + low));
  return _mm256_inserti128_si256(_mm256_castsi128_si256(first), _mm_loadu_si128(reinterpret_cast<const __m128i*>(row + high)), 1);
}

// Four bytes for each of eight pixels.
VAS_AVX2_INLINE __m256i Pick(const uint8_t* row, const int32_t (&at)[4], const uint8_t (&shuffle)[2][32]) {
  const __m256i masks[] = {_mm256_load_si256(reinterpret_cast<const __m256i*>(shuffle[0])),
                           _mm256_load_si256(reinterpret_cast<const __m256i*>(shuffle[1]))};
  return _mm256_or_si256(_mm256_shuffle_epi8(LoadTwo(row, at[0], at[2]), masks[0]),
                         _mm256_shuffle_epi8(LoadTwo(row, at[1], at[3]), masks[1]));
}

// Two 16-bit values per pixel, (left, right), weighted horizontally for both rows and then vertically.
VAS_AVX2_INLINE __m256i Blend(__m256i top, __m256i bottom, __m256i weights_x, __m256i weight_top, __m256i weight_bottom) {
  constexpr int kDrop = 2 * kWeightBits - kSampleBits;
  const __m256i upper = _mm256_mullo_epi32(_mm256_madd_epi16(top, weights_x), weight_top);
  const __m256i lower = _mm256_mullo_epi32(_mm256_madd_epi16(bottom, weights_x), weight_bottom);
  const __m256i sum = _mm256_add_epi32(_mm256_add_epi32(upper, lower), _mm256_set1_epi32(1 << (kDrop - 1)));
  return _mm256_srai_epi32(sum, kDrop);
}

// (1 - weight, weight) as 16-bit pairs.
VAS_AVX2_INLINE __m256i WeightPairs(__m256i weight) {
  const __m256i rest = _mm256_sub_epi32(_mm256_set1_epi32(kWeightOne), weight);
  return _mm256_or_si256(rest, _mm256_slli_epi32(weight, 16));
}

VAS_AVX2_INLINE void StoreClamped(int32_t* to, __m256i sum) {
  const __m256i clamped = _mm256_min_epi32(_mm256_max_epi32(sum, _mm256_setzero_si256()), _mm256_set1_epi32(kSumMax));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), clamped);
}

VAS_AVX2 VAS_READS_SHARED_PIXELS void ConvertRow(const RowSource& source, const ColumnPlan& columns,
                                                 const YcbcrToRgb& colour, const RowSums& sums) {
  const __m256i low_bytes = _mm256_set1_epi32(0x00ff00ff);
  const __m256i luma_top = _mm256_set1_epi32(kWeightOne - source.luma_weight);
  const __m256i luma_bottom = _mm256_set1_epi32(source.luma_weight);
  const __m256i chroma_top = _mm256_set1_epi32(kWeightOne - source.chroma_weight);
  const __m256i chroma_bottom = _mm256_set1_epi32(source.chroma_weight);
  const __m256i middle = _mm256_set1_epi32(128 << kSampleBits);
  int32_t i = 0;
  for (const ShuffleGroup& group : columns.groups) {
    const __m256i luma_pairs = WeightPairs(Load(columns.taps.luma.weight.data() + i));
    const __m256i chroma_pairs = WeightPairs(Load(columns.taps.chroma.weight.data() + i));
    const __m256i y = Blend(Pick(source.luma[0], group.luma_at, group.luma), Pick(source.luma[1], group.luma_at, group.luma),
                            luma_pairs, luma_top, luma_bottom);
    // Cb, Cr, Cb, Cr.
    const __m256i c0 = Pick(source.chroma[0], group.chroma_at, group.chroma);
    const __m256i c1 = Pick(source.chroma[1], group.chroma_at, group.chroma);
    const __m256i cb = Blend(_mm256_and_si256(c0, low_bytes), _mm256_and_si256(c1, low_bytes), chroma_pairs, chroma_top,
                             chroma_bottom);
    const __m256i cr =
        Blend(_mm256_srli_epi16(c0, 8), _mm256_srli_epi16(c1, 8), chroma_pairs, chroma_top, chroma_bottom);
    const __m256i luma = Times(_mm256_sub_epi32(y, _mm256_set1_epi32(colour.y_offset)), colour.y);
    const __m256i u = _mm256_sub_epi32(cb, middle);
    const __m256i v = _mm256_sub_epi32(cr, middle);
    StoreClamped(sums.red + i, _mm256_add_epi32(luma, Times(v, colour.r_cr)));
    StoreClamped(sums.green + i, _mm256_add_epi32(luma, _mm256_add_epi32(Times(u, colour.g_cb), Times(v, colour.g_cr))));
    StoreClamped(sums.blue + i, _mm256_add_epi32(luma, Times(u, colour.b_cb)));
    i += 8;
  }
  if (i < columns.count) ConvertPixels(source, columns, i, colour, sums);
}

// Sixteen sums, rounded to bytes.
VAS_AVX2_INLINE __m128i ToBytes(const int32_t* sums) {
  const __m256i half = _mm256_set1_epi32(1 << (kSumBits - 1));
  const __m256i low = _mm256_srai_epi32(_mm256_add_epi32(Load(sums), half), kSumBits);
  const __m256i high = _mm256_srai_epi32(_mm256_add_epi32(Load(sums + 8), half), kSumBits);
  // Packing works by halves: 0-3, 8-11, 4-7, 12-15 become what they were.
  const __m256i words = _mm256_permute4x64_epi64(_mm256_packs_epi32(low, high), 0xd8);
  return _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
}

VAS_AVX2 void Interleave(const int32_t* first, const int32_t* second, const int32_t* third, int32_t count, uint8_t* out) {
  // Byte j of the 48 is of channel j % 3 and pixel j / 3.
  alignas(16) static const uint8_t kPlaces[3][3][16] = {
      {{0, 128, 128, 1, 128, 128, 2, 128, 128, 3, 128, 128, 4, 128, 128, 5},
       {128, 0, 128, 128, 1, 128, 128, 2, 128, 128, 3, 128, 128, 4, 128, 128},
       {128, 128, 0, 128, 128, 1, 128, 128, 2, 128, 128, 3, 128, 128, 4, 128}},
      {{128, 128, 6, 128, 128, 7, 128, 128, 8, 128, 128, 9, 128, 128, 10, 128},
       {5, 128, 128, 6, 128, 128, 7, 128, 128, 8, 128, 128, 9, 128, 128, 10},
       {128, 5, 128, 128, 6, 128, 128, 7, 128, 128, 8, 128, 128, 9, 128, 128}},
      {{128, 11, 128, 128, 12, 128, 128, 13, 128, 128, 14, 128, 128, 15, 128, 128},
       {128, 128, 11, 128, 128, 12, 128, 128, 13, 128, 128, 14, 128, 128, 15, 128},
       {10, 128, 128, 11, 128, 128, 12, 128, 128, 13, 128, 128, 14, 128, 128, 15}}};
  int32_t i = 0;
  for (; i + 16 <= count; i += 16) {
    const __m128i bytes[3] = {ToBytes(first + i), ToBytes(second + i), ToBytes(third + i)};
    for (int part = 0; part < 3; ++part) {
      __m128i mixed = _mm_setzero_si128();
      for (int channel = 0; channel < 3; ++channel) {
        const __m128i places = _mm_load_si128(reinterpret_cast<const __m128i*>(kPlaces[part][channel]));
        mixed = _mm_or_si128(mixed, _mm_shuffle_epi8(bytes[channel], places));
      }
      _mm_storeu_si128(reinterpret_cast<__m128i*>(out + 3 * i + 16 * part), mixed);
    }
  }
  kPortableRows.interleave(first + i, second + i, third + i, count - i, out + 3 * i);
}

// Multiplied and added apart, as the portable version: one fused step would round differently.
VAS_AVX2 void Scale(const int32_t* sums, int32_t count, float factor, float offset, float* out) {
  int32_t i = 0;
  for (; i + 8 <= count; i += 8) {
    const __m256 scaled = _mm256_mul_ps(_mm256_cvtepi32_ps(Load(sums + i)), _mm256_set1_ps(factor));
    _mm256_storeu_ps(out + i, _mm256_add_ps(scaled, _mm256_set1_ps(offset)));
  }
  kPortableRows.scale(sums + i, count - i, factor, offset, out + i);
}

}  // namespace

const RowFunctions kAvx2Rows{ConvertRow, Interleave, Scale};

}  // namespace vas::preprocess

#endif
