#pragma once

#include <napi.h>

namespace vas::preprocess {

void RegisterLetterbox(Napi::Env env, Napi::Object exports);

}  // namespace vas::preprocess
