#pragma once

#include "preprocess/row.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define VAS_HAS_AVX2_ROW 1

namespace vas::preprocess {

// Call them only where the processor has AVX2.
extern const RowFunctions kAvx2Rows;

}  // namespace vas::preprocess
#endif
