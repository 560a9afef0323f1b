#pragma once

#include "preprocess/row.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define VAS_HAS_AVX2_ROW 1

namespace vas::preprocess {

// Eight pixels at a time; call only where the processor has AVX2.
void ConvertRowAvx2(const RowSource& source, const Columns& columns, int32_t count, int32_t wide,
                    const YcbcrToRgb& colour, const RowSums& sums);

}  // namespace vas::preprocess
#endif
